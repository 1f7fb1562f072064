//! One run of the program, of which a test looks at everything: exit code, standard output and standard error. What it leaves
//! unseen fails it.
//!
//! ```text
//! run(&path, &["check"]).fails().prints_nothing().says("エラー 1 件");
//! ```

use std::cell::Cell;
use std::path::Path;
use std::process::Command;

/// Runs the program in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_report"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("SOURCE_DATE_EPOCH")
        .env_remove("NO_COLOR")
        .output()
        .unwrap();
    Ran {
        command: arguments.join(" "),
        code: output.status.code(),
        printed: String::from_utf8(output.stdout).unwrap(),
        said: String::from_utf8(output.stderr).unwrap(),
        seen: Cell::default(),
    }
}

pub(crate) struct Ran {
    command: String,
    code: Option<i32>,
    /// On standard output
    printed: String,
    /// On standard error
    said: String,
    seen: Cell<Seen>,
}

/// What a test has looked at.
#[derive(Clone, Copy, Default)]
struct Seen {
    code: bool,
    printed: bool,
    said: bool,
}

impl Ran {
    /// Exit code 0
    #[track_caller]
    pub(crate) fn succeeds(self) -> Self {
        self.exits(0)
    }

    /// Exit code 1: something is to be mended.
    #[track_caller]
    pub(crate) fn fails(self) -> Self {
        self.exits(1)
    }

    /// Exit code 2: what was asked for cannot be done.
    #[track_caller]
    pub(crate) fn refuses(self) -> Self {
        self.exits(2)
    }

    #[track_caller]
    pub(crate) fn does_not_succeed(self) -> Self {
        assert!(!self.is_success(), "{self}");
        self
    }

    /// For tests in which both are right.
    pub(crate) fn is_success(&self) -> bool {
        self.seen.set(Seen { code: true, ..self.seen.get() });
        self.code == Some(0)
    }

    #[track_caller]
    fn exits(self, code: i32) -> Self {
        self.seen.set(Seen { code: true, ..self.seen.get() });
        assert_eq!(self.code, Some(code), "exit code of {self}");
        self
    }

    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.stderr().contains(text), "「{text}」 is not said by {self}");
        self
    }

    #[track_caller]
    pub(crate) fn never_says(self, text: &str) -> Self {
        assert!(!self.stderr().contains(text), "「{text}」 is said by {self}");
        self
    }

    #[track_caller]
    pub(crate) fn says_nothing(self) -> Self {
        assert_eq!(self.stderr(), "", "{self}");
        self
    }

    #[track_caller]
    pub(crate) fn prints(self, text: &str) -> Self {
        assert!(self.stdout().contains(text), "「{text}」 is not printed by {self}");
        self
    }

    #[track_caller]
    pub(crate) fn never_prints(self, text: &str) -> Self {
        assert!(!self.stdout().contains(text), "「{text}」 is printed by {self}");
        self
    }

    #[track_caller]
    pub(crate) fn prints_nothing(self) -> Self {
        assert_eq!(self.stdout(), "", "{self}");
        self
    }

    #[track_caller]
    pub(crate) fn prints_lines(self, count: usize) -> Self {
        assert_eq!(self.stdout().lines().count(), count, "lines of {self}");
        self
    }

    pub(crate) fn stdout(&self) -> &str {
        self.seen.set(Seen { printed: true, ..self.seen.get() });
        &self.printed
    }

    pub(crate) fn stderr(&self) -> &str {
        self.seen.set(Seen { said: true, ..self.seen.get() });
        &self.said
    }

    /// One JSON value a line, as `--message-format json` prints them.
    pub(crate) fn json_lines(&self) -> Vec<serde_json::Value> {
        self.stdout().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl std::fmt::Display for Ran {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { command, code, printed, said, .. } = self;
        write!(f, "`report {command}`\nexit code: {code:?}\nstandard output: {printed}\nstandard error: {said}")
    }
}

impl Drop for Ran {
    fn drop(&mut self) {
        let Seen { code, printed, said } = self.seen.get();
        let all = [(code, "exit code"), (printed, "standard output"), (said, "standard error")];
        let unseen: Vec<&str> = all.iter().filter(|(seen, _)| !seen).map(|(_, name)| *name).collect();
        let is_failing_already = std::thread::panicking();
        assert!(unseen.is_empty() || is_failing_already, "the test looks at no {} of {self}", unseen.join(", no "));
    }
}

#[test]
fn a_run_of_which_a_stream_is_not_looked_at_fails_the_test() {
    let here = Path::new(".");
    let unseen = std::panic::catch_unwind(|| drop(run(here, &["--version"]).succeeds().says_nothing()));
    let said = *unseen.unwrap_err().downcast::<String>().unwrap();
    assert!(said.starts_with("the test looks at no standard output of `report --version`"), "{said}");
    run(here, &["--version"]).succeeds().says_nothing().prints("report");
}
