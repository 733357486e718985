//! The examples of checks: each must do as it says, and shows what the check means.

use std::sync::Arc;

use super::document::examine;
use super::engine::{Engine, Set};
use super::memory::Memory;
use super::{ExampleReport, Explanation};
use crate::audit::Audit;
use crate::check::{Check, Example};
use crate::fault::Fault;
use crate::infer;
use crate::read::{self, Limits};
use crate::source::Source;

impl Engine {
    /// Runs every example. A check of a pack that comes with the binary needs one that holds and one that breaks.
    #[must_use]
    pub fn examples(&self) -> ExampleReport {
        let mut report = ExampleReport { passed: 0, failures: Vec::new() };
        for set in self.named() {
            for check in set.checks.iter() {
                for example in &check.examples {
                    match self.run_example(set, check, example) {
                        Ok(()) => report.passed += 1,
                        Err(fault) => report.failures.push(*fault),
                    }
                }
                let lacking = ["holds", "breaks"]
                    .into_iter()
                    .filter(|kind| !check.examples.iter().any(|example| example.holds == (*kind == "holds")));
                if crate::check::names().contains(&set.name.as_str()) {
                    report.failures.extend(lacking.map(|kind| {
                        Fault::new(
                            "test/no-example",
                            format!("`{}` has no example that {kind}", check.rule.id),
                            format!("`{}` 缺少 example.{kind}", check.rule.id),
                        )
                        .at(&check.source, check.span)
                    }));
                }
            }
        }
        if report.passed == 0 && report.failures.is_empty() {
            let fault = Fault::new("test/nothing", "there is no example to run", "没有可运行的示例");
            let help = "give a check `example.holds` and `example.breaks`";
            report.failures.push(fault.help(help, "请为审核公式添加 example.holds 和 example.breaks"));
        }
        report
    }

    fn run_example(&self, set: &Set, check: &Check, example: &Example) -> Result<(), Box<Fault>> {
        let fail =
            |en: String, zh: String| Err(Box::new(Fault::new("test/failed", en, zh).at(&check.source, example.span)));
        let (audit, broken_at) = self.audit_example(set, check, example)?;
        let id = &check.rule.id;
        let counts = audit.ties;
        if counts.total() == 0 {
            return fail(format!("`{id}` binds nothing in its example"), format!("`{id}` 未匹配其示例"));
        }
        if example.holds && counts.broken + counts.undecided > 0 {
            return fail(
                format!(
                    "`{id}` should hold, but {} of {} ties do not",
                    counts.broken + counts.undecided,
                    counts.total()
                ),
                format!("`{id}` 应成立，但 {} 条中有 {} 条不成立", counts.total(), counts.broken + counts.undecided),
            );
        }
        if !example.holds && counts.broken == 0 {
            return fail(format!("`{id}` should break, but it does not"), format!("`{id}` 应不成立，但未发现不一致"));
        }
        if let Some(at) = example.at.as_ref().filter(|at| !broken_at.contains(at)) {
            return fail(
                format!("`{id}` should break at {at}, but breaks at {}", broken_at.join(", ")),
                format!("`{id}` 应在 {at} 处不一致，实为 {}", broken_at.join("、")),
            );
        }
        Ok(())
    }

    /// The audit of an example by its own check alone, and the pointers to what is broken.
    fn audit_example(&self, set: &Set, check: &Check, example: &Example) -> Result<(Audit, Vec<String>), Box<Fault>> {
        let source = Arc::new(Source::new("example.json", example.json.clone()));
        let (document, faults) = read::json(&source, &Limits::default());
        let Some(document) = document else {
            let first = faults.into_iter().next();
            return Err(Box::new(first.unwrap_or_else(|| Fault::new("test/failed", "no document", "无文档"))));
        };
        let mut audit = Audit::new("example.json");
        audit.source = Some(source);
        // An example is a part of a document, which the schema is not about.
        let alone = Set {
            name: set.name.clone(),
            checks: vec![check.clone()].into(),
            vocabulary: Arc::clone(&set.vocabulary),
            schema: None,
        };
        examine(self, &document, &[&alone], &mut Memory::default(), &mut audit);
        let members = audit.findings.iter().flat_map(|finding| std::iter::once(finding).chain(&finding.members));
        let broken_at =
            members.flat_map(|finding| finding.targets.iter().map(|spot| spot.place.pointer.clone())).collect();
        Ok((audit, broken_at))
    }

    /// Explains a check by its rule, its expressions and its first examples.
    #[must_use]
    pub fn explain(&self, id: &str) -> Option<Explanation> {
        let mut of_sets = self.named().into_iter();
        let of_set = |set: &'_ Set| set.checks.iter().position(|check| check.rule.id == id);
        let Some((set, at)) = of_sets.find_map(|set| Some((set, of_set(set)?))) else {
            let rule = infer::rules().into_iter().find(|rule| rule.id == id)?;
            return Some(Explanation { rule, expression: Vec::new(), holds: None, breaks: None });
        };
        let check = &set.checks[at];
        let first = |holds: bool| {
            let example = check.examples.iter().find(|example| example.holds == holds)?;
            let (audit, _) = self.audit_example(set, check, example).ok()?;
            Some((example.json.clone(), audit))
        };
        let named = |reading: &crate::check::Reading| match reading.name.as_str() {
            "" => reading.text.clone(),
            name => format!("{name}: {}", reading.text),
        };
        Some(Explanation {
            rule: Arc::clone(&check.rule),
            expression: check.readings.iter().map(named).collect(),
            holds: first(true),
            breaks: first(false),
        })
    }
}
