//! `tieout schema`: print a schema.

use std::io;

use clap::Args;

use super::{Console, Look};
use crate::fault::Fault;
use crate::pipeline;

/// Print a schema, or the names of all
#[derive(Args)]
pub struct Schema {
    /// Name of the schema
    #[arg(value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    look: Look,
}

impl Schema {
    pub fn run(&self, console: &mut Console<'_>) -> io::Result<u8> {
        let names = pipeline::schema_names();
        let Some(name) = &self.name else {
            names.iter().try_for_each(|name| writeln!(console.out, "{name}"))?;
            return Ok(0);
        };
        match pipeline::schema(name) {
            Some(text) => write!(console.out, "{text}").map(|()| 0),
            None => {
                let (en, zh) = (format!("known: {}", names.join(", ")), format!("可用：{}", names.join("、")));
                let fault =
                    Fault::new("usage/schema", format!("there is no schema `{name}`"), format!("没有数据格式“{name}”"));
                console.faults(&[fault.help(en, zh)], self.look.settings())
            }
        }
    }
}
