//! `report explain`

use super::arguments::Explain;
use super::output::print;
use super::{Failure, Outcome};
use crate::diagnostic::Code;

pub(super) fn run(arguments: &Explain) -> Result<Outcome, Failure> {
    let Some(typed) = &arguments.code else {
        let mut list = String::new();
        for code in Code::ALL {
            list.push_str(&format!("{code}  {}  {}\n", code.severity().label(), code.title()));
        }
        print(&list)?;
        return Ok(Outcome::Clean);
    };
    match typed.parse::<Code>() {
        Ok(code) => {
            print(code.page())?;
            Ok(Outcome::Clean)
        }
        Err(()) => Err(Failure::new(format!(
            "「{typed}」という番号の指摘はありません。「report explain」で一覧を表示します。"
        ))),
    }
}
