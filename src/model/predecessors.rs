//! Which program of another state of a report a program was: last year's, or the one before a change.

use std::collections::{BTreeMap, BTreeSet};

use super::{Program, ProgramIndex, Report};
use crate::syntax::chars::unified;

/// The programs of a newer report, each with what it was in an older one. Nothing is ever merged: these are places only.
#[derive(Debug, Clone, Default)]
pub struct Succession {
    /// Old place by new place
    before: BTreeMap<ProgramIndex, ProgramIndex>,
    /// Old programs that none of the new ones was
    gone: Vec<ProgramIndex>,
}

impl Succession {
    /// Finds what each printed program of `new` was in `old`: by ID, then by 旧名称, then by its name.
    ///
    /// A program is the successor of one program alone; the surer sign wins.
    pub fn find(old: &Report, new: &Report) -> Self {
        let mut by_id: BTreeMap<&str, ProgramIndex> = BTreeMap::new();
        let mut by_name: BTreeMap<String, ProgramIndex> = BTreeMap::new();
        for (index, program) in old.printed_programs() {
            by_id.entry(&program.id).or_insert(index);
            if let Some(name) = &program.name {
                by_name.entry(unified(&name.value)).or_insert(index);
            }
        }
        let former = |program: &Program| {
            let names = program.former_names.iter();
            names
                .map(|name| &name.value)
                .find_map(|name| by_name.get(&unified(name)).or_else(|| by_id.get(&**name)).copied())
        };
        let named = |program: &Program| by_name.get(&unified(&program.name.as_ref()?.value)).copied();
        let same_id = |program: &Program| by_id.get(program.id.as_str()).copied();
        let signs: [&Sign<'_>; 3] = [&same_id, &former, &named];
        let mut found = Self::default();
        let mut taken: BTreeSet<ProgramIndex> = BTreeSet::new();
        for sign in signs {
            for (index, program) in new.printed_programs() {
                if found.before.contains_key(&index) {
                    continue;
                }
                if let Some(was) = sign(program).filter(|was| taken.insert(*was)) {
                    found.before.insert(index, was);
                }
            }
        }
        found.gone = old.printed_programs().map(|(index, _)| index).filter(|index| !taken.contains(index)).collect();
        found
    }

    /// What a program was; nothing for one that is new.
    pub fn before(&self, new: ProgramIndex) -> Option<ProgramIndex> {
        self.before.get(&new).copied()
    }

    /// Old programs without a successor, in their order.
    pub fn gone(&self) -> &[ProgramIndex] {
        &self.gone
    }
}

/// What a program was, by one of its signs.
type Sign<'a> = dyn Fn(&Program) -> Option<ProgramIndex> + 'a;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::model::{Context, Owners, UnreadFiles, assemble, lower_chapter, lower_program};
    use crate::source::Files;
    use crate::syntax::parse;
    use std::sync::Arc;

    fn report(programs: &[(&str, &str)]) -> Report {
        let (mut files, mut said) = (Files::new(), Diagnostics::new());
        let id = files.add("a/章.jigyo", "【章】章\n");
        let ast = parse(files.get(id), &crate::syntax::Vocabulary::standard(), &mut said);
        let chapter = lower_chapter(files.get(id), &ast, &Context::default(), &mut said);
        let mut lowered = Vec::new();
        for (stem, text) in programs {
            let id = files.add(format!("a/{stem}.jigyo"), *text);
            let ast = parse(files.get(id), &crate::syntax::Vocabulary::standard(), &mut said);
            lowered.push(Arc::new(lower_program(files.get(id), &ast, &Context::default(), &mut said)));
        }
        assemble(&files, None, vec![chapter], lowered, &UnreadFiles::default(), &Owners::default(), &mut said)
    }

    #[test]
    fn by_id_then_by_former_name_then_by_name() {
        let old = report(&[
            ("一", "【事業】あ\n"),
            ("二", "【事業】い（県）\n"),
            ("三", "【事業】う\n"),
            ("四", "【事業】え\n"),
        ]);
        let new = report(&[
            ("一", "【事業】あ改\n"),
            ("二の二", "【事業】い改\n旧名称：い(県)\n"),
            ("三の三", "【事業】う\n"),
            ("五", "【事業】お\n旧名称：あ\n"),
        ]);
        let succession = Succession::find(&old, &new);
        let was: Vec<Option<&str>> = new
            .printed_programs()
            .map(|(index, _)| succession.before(index).and_then(|was| old.program(was)).map(|was| was.id.as_str()))
            .collect();
        let ids: Vec<&str> = new.printed_programs().map(|(_, program)| program.id.as_str()).collect();
        assert_eq!(
            ids.iter().zip(&was).map(|(id, was)| (*id, *was)).collect::<Vec<_>>(),
            [("一", Some("一")), ("三の三", Some("三")), ("二の二", Some("二")), ("五", None),]
        );
        let gone: Vec<&str> =
            succession.gone().iter().filter_map(|was| old.program(*was)).map(|was| was.id.as_str()).collect();
        assert_eq!(gone, ["四"]);
    }
}
