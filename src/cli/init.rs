//! `tieout init`: write a commented `tieout.toml` to start from.

use std::fs::OpenOptions;
use std::io::{self, Write};

use clap::Args;

use super::{Console, Look};
use crate::config;
use crate::fault::Fault;
use crate::pipeline::report::Lang;

/// Write a commented tieout.toml to start from
#[derive(Args)]
pub struct Init {
    #[command(flatten)]
    look: Look,
}

impl Init {
    pub fn run(&self, console: &mut Console<'_>) -> io::Result<u8> {
        let written = OpenOptions::new().write(true).create_new(true).open(config::NAME);
        match written.and_then(|mut file| file.write_all(template(self.look.lang()).as_bytes())) {
            Ok(()) => writeln!(console.err, "{}", config::NAME).map(|()| 0),
            Err(error) => {
                let fault = match error.kind() {
                    io::ErrorKind::AlreadyExists => Fault::new(
                        "init/exists",
                        format!("there is a {} here already; it was left as it is", config::NAME),
                        format!("此处已有 {}，未作改动", config::NAME),
                    ),
                    _ => Fault::new(
                        "path/unwritable",
                        format!("{} cannot be written: {error}", config::NAME),
                        format!("无法写入 {}：{error}", config::NAME),
                    ),
                };
                console.faults(&[fault], self.look.settings())
            }
        }
    }
}

fn template(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("tieout.en.toml"),
        Lang::Zh => include_str!("tieout.zh.toml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use std::path::Path;
    use std::sync::Arc;

    #[test]
    fn the_templates_are_right_as_they_are_and_with_everything_switched_on() {
        for lang in [Lang::En, Lang::Zh] {
            let text = template(lang);
            let switched_on =
                text.lines().map(|line| line.strip_prefix("#: ").unwrap_or(line)).collect::<Vec<_>>().join("\n");
            let all = config::parse(&Arc::new(Source::new("t", switched_on)), Path::new("")).expect("right");
            assert!(all.packs.len() == 1 && all.severity.len() == 2 && all.allow.len() == 1 && all.include.len() == 1);
            assert!(config::parse(&Arc::new(Source::new("t", text)), Path::new("")).is_ok());
        }
    }
}
