//! `tieout explain`: what a check means, why, when it holds, when it breaks.

use std::io;

use clap::Args;

use super::check::Selection;
use super::{Console, Look};
use crate::fault::Fault;
use crate::pipeline::report::{Report, reference};

/// What a check means, why, when it holds, when it breaks
#[derive(Args)]
pub struct Explain {
    /// Id of the check, as in `error[budget/total]`
    #[arg(value_name = "CHECK")]
    check: String,
    #[command(flatten)]
    checks: Selection,
    #[command(flatten)]
    look: Look,
}

impl Explain {
    pub fn run(&self, console: &mut Console<'_>) -> io::Result<u8> {
        let settings = self.look.settings();
        let engine = match self.checks.engine() {
            Ok(engine) => engine,
            Err(faults) => return console.faults(&faults, settings),
        };
        let Some(found) = engine.explain(&self.check) else {
            let ids: Vec<String> = engine.checks().into_iter().map(|check| check.id).collect();
            return console.faults(&[unknown(&self.check, &ids)], settings);
        };
        write!(console.out, "{}", reference::explain(settings.lang, &found.rule, &found.expression))?;
        if let Some((example, _)) = &found.holds {
            write!(console.out, "{}", reference::holds(settings.lang, example))?;
        }
        if let Some((example, audit)) = &found.breaks {
            write!(console.out, "{}", reference::breaks(settings.lang, example))?;
            Report::start(settings, console.out, console.err).audit(audit)?;
        }
        Ok(0)
    }
}

fn unknown(id: &str, known: &[String]) -> Fault {
    let fault = Fault::new("usage/check", format!("there is no check `{id}`"), format!("没有勾稽关系“{id}”"));
    let near = known.iter().min_by_key(|each| strsim::damerau_levenshtein(each, id));
    match near {
        Some(near) => fault.help(format!("did you mean `{near}`?"), format!("是否为“{near}”？")),
        None => fault.help("name a pack with --pack NAME", "请用 --pack NAME 指定审核公式集"),
    }
}
