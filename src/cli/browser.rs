//! Opens an address in the user's own browser.

use std::io::{self, Write};

use tempfile::TempPath;

/// What the browser was given. Taken away at the end, when the address leads nowhere any more.
pub(super) struct OpenedBrowser {
    _file: Option<TempPath>,
}

/// Opens an address in the user's own browser, and says it: a browser may be missing.
///
/// The browser is given a file that leads there and only the user can read: other users of the machine can see the
/// command line of a program, and who knows the address may read the report.
pub(super) fn open_in_browser(url: &str) -> OpenedBrowser {
    let file = leading_to(url).ok();
    let is_open = file.as_ref().is_some_and(|file| open::that_detached(file).is_ok());
    say_address(url, if is_open { "ブラウザーで開きます" } else { "ブラウザーで開いてください" });
    OpenedBrowser { _file: file }
}

pub(super) fn say_address(url: &str, hint: &str) {
    say!("次のアドレスを、{hint}。\n{url}");
}

/// A page that leads to an address, which holds nothing that HTML would read otherwise.
fn leading_to(url: &str) -> io::Result<TempPath> {
    let mut file = tempfile::Builder::new().prefix("report-").suffix(".html").tempfile()?;
    write!(
        file,
        "<!DOCTYPE html>\n<html lang=\"ja\">\n<meta charset=\"utf-8\">\n<title>報告書</title>\n\
         <meta http-equiv=\"refresh\" content=\"0; url={url}\">\n<p><a href=\"{url}\">報告書を開く</a></p>\n"
    )?;
    file.flush()?;
    Ok(file.into_temp_path())
}
