//! The program as a process that goes on: `report watch` and `report preview`.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Nothing that is waited for takes longer, on the slowest machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Ended when it is dropped.
pub(crate) struct Running {
    child: Child,
    said: Arc<Mutex<Vec<String>>>,
}

impl Running {
    pub(crate) fn start(arguments: &[&str], folder: &Path) -> Self {
        Self::begin(Command::new(env!("CARGO_BIN_EXE_report")), arguments, folder)
    }

    /// As Explorer starts it with something dropped on it. Without a browser.
    pub(crate) fn start_with(dropped: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_report"));
        command.env("PATH", "");
        Self::begin(command, &[], dropped)
    }

    /// With the programs of one folder alone, among them the one that opens a browser.
    #[cfg(target_os = "linux")]
    pub(crate) fn start_beside(programs: &Path, arguments: &[&str], folder: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_report"));
        command.env("PATH", programs);
        Self::begin(command, arguments, folder)
    }

    /// As a user who owns nothing.
    #[cfg(target_os = "linux")]
    pub(crate) fn start_as_nobody(arguments: &[&str], folder: &Path) -> Self {
        // The program may lie where nobody may look.
        let own = std::env::temp_dir().join(format!("report-{}", std::process::id()));
        std::fs::copy(env!("CARGO_BIN_EXE_report"), &own).unwrap();
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&own);
        let running = Self::begin(command, arguments, folder);
        thread::sleep(Duration::from_millis(300));
        let _ = std::fs::remove_file(own);
        running
    }

    /// Itself, unless it has ended.
    #[cfg(target_os = "linux")]
    pub(crate) fn if_alive(mut self) -> Option<Self> {
        self.child.try_wait().unwrap().is_none().then_some(self)
    }

    fn begin(mut command: Command, arguments: &[&str], folder: &Path) -> Self {
        // Drafts of a page that writes: beside the report, and not among the user's own.
        command.env("XDG_STATE_HOME", folder.with_file_name("_state"));
        let mut child = command
            .args(arguments)
            .arg(folder)
            .env_remove("SOURCE_DATE_EPOCH")
            .env_remove("NO_COLOR")
            .stderr(Stdio::piped())
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(Vec::new()));
        let reader = BufReader::new(child.stderr.take().unwrap());
        let heard = Arc::clone(&said);
        thread::spawn(move || {
            for line in reader.lines().map_while(Result::ok) {
                heard.lock().unwrap().push(line);
            }
        });
        Self { child, said }
    }

    /// Every line that it said up to now.
    pub(crate) fn said(&self) -> Vec<String> {
        self.said.lock().unwrap().clone()
    }

    /// How many rounds it has made: a status line each.
    pub(crate) fn rounds(&self) -> usize {
        self.said().iter().filter(|line| line.ends_with("ミリ秒") || line.contains("ミリ秒  ")).count()
    }

    /// Waits until it says a line that holds the words, after the first `after` lines.
    pub(crate) fn wait_for(&self, words: &str, after: usize) -> String {
        let mut found = None;
        wait_until(&format!("「{words}」"), || {
            found = self.said().into_iter().skip(after).find(|line| line.contains(words));
            found.is_some()
        });
        found.unwrap()
    }

    /// Port and path of the live page.
    pub(crate) fn address(&self) -> (u16, String) {
        let line = self.wait_for("http://127.0.0.1:", 0);
        let rest = line.split("http://127.0.0.1:").nth(1).unwrap();
        let (port, path) = rest.split_once('/').unwrap();
        (port.parse().unwrap(), format!("/{}/", path.split('/').next().unwrap()))
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end as a system does, and waits; its exit code.
    #[cfg(unix)]
    pub(crate) fn end(&mut self, signal: &str) -> Option<i32> {
        assert!(Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap().success());
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                thread::sleep(Duration::from_millis(50));
                return status.code();
            }
            thread::sleep(Duration::from_millis(5));
        }
        panic!("it does not end");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for something that must come.
pub(crate) fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < PATIENCE, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(3));
    }
}
