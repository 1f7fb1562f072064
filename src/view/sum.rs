//! A sum as it is printed: a part of the template's contract.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A sum of amounts with the programs it was made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SumView {
    /// 小計 or 合計
    pub label: String,
    /// 845,745; 〓 in a draft whose amounts could not all be read
    pub text: String,
    /// The exact sum in the report's unit; absent when an amount could not be read.
    pub value: Option<i64>,
    /// Programs counted: relisted ones are not, those outside the sum are.
    pub programs: usize,
    /// Those of them that are 新規
    pub new_programs: usize,
}
