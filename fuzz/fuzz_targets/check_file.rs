//! Check files and vocabularies: every fault points between characters, and what is right can be made.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tieout::check::loose;
use tieout_fuzz::{examine, make, slice};

fuzz_target!(|text: &str| {
    // What stands behind a line of dashes is the vocabulary.
    let (checks, terms) = text.split_once("\n----\n").unwrap_or((text, ""));
    let mut files = [("fuzz.toml", checks), ("terms.toml", terms)].into_iter().filter(|(_, text)| !text.is_empty());
    let pack = loose("fuzz", &mut files.by_ref().map(|(name, text)| (name.to_owned(), Ok(text.to_owned()))));
    match pack {
        Ok(pack) => {
            examine(&pack.faults);
            assert!(!pack.checks.is_empty() || !pack.faults.is_empty(), "nothing is passed over in silence");
            for check in &pack.checks {
                slice(&check.source, check.span);
                for example in &check.examples {
                    slice(&check.source, example.span);
                }
            }
            make(&pack.checks, &pack.vocabulary);
        }
        Err(fault) => examine(&[fault]),
    }
});
