//! The command line: what can be asked, and with what exit status it is answered.

mod check;
mod checks;
mod explain;
mod extract;
mod init;
mod schema;
mod status;
mod test;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::audit::Summary;
use crate::fault::Fault;
use crate::pipeline::report::{Format, Lang, Report, Settings};

/// A linter for the figures in a report: recomputes every total, roll-forward and ratio, and points at
/// the ones that disagree.
#[derive(Parser)]
#[command(name = "tieout", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Check),
    Extract(extract::Extract),
    Explain(explain::Explain),
    Checks(checks::Checks),
    Test(test::Test),
    Schema(schema::Schema),
    Init(init::Init),
}

/// How it looks.
#[derive(Args, Clone, Copy)]
struct Look {
    /// Language of the sentences [default: zh if LC_ALL, LC_MESSAGES or LANG says so, else en]
    #[arg(long, value_enum, value_name = "LANG")]
    lang: Option<LangName>,
    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    color: Color,
}

#[derive(Clone, Copy, ValueEnum)]
enum LangName {
    En,
    Zh,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

impl Look {
    fn lang(self) -> Lang {
        match self.lang {
            Some(LangName::En) => Lang::En,
            Some(LangName::Zh) => Lang::Zh,
            None => lang_of(["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).ok())),
        }
    }

    fn color(self) -> bool {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => io::stdout().is_terminal() && io::stderr().is_terminal() && !is_set("NO_COLOR"),
        }
    }

    /// The settings of a command that prints for people.
    fn settings(self) -> Settings {
        Settings {
            format: Format::Terminal,
            lang: self.lang(),
            color: self.color(),
            ties: false,
            quiet: true,
            verbose: false,
        }
    }
}

/// The first variable that says anything decides.
fn lang_of(variables: [Option<String>; 3]) -> Lang {
    let first = variables.into_iter().flatten().find(|value| !value.is_empty());
    if first.is_some_and(|value| value.to_ascii_lowercase().starts_with("zh")) { Lang::Zh } else { Lang::En }
}

/// The streams of the process.
struct Console<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
}

impl Console<'_> {
    /// Prints faults that kept a command from starting, and gives the exit status they ask for.
    fn faults(&mut self, faults: &[Fault], settings: Settings) -> io::Result<u8> {
        // A summary of nothing says nothing.
        let settings = Settings { quiet: true, ..settings };
        let mut report = Report::start(settings, self.out, self.err);
        faults.iter().try_for_each(|fault| report.fault(fault))?;
        report.finish(&Summary { faults: faults.len(), ..Summary::default() })?;
        Ok(status::CANNOT)
    }
}

/// Does what the command line asks.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = io::BufWriter::new(io::stdout());
    let mut err = io::BufWriter::new(io::stderr());
    let mut console = Console { out: &mut out, err: &mut err };
    let done = match &cli.command {
        Command::Check(command) => command.run(&mut console),
        Command::Extract(command) => command.run(&mut console),
        Command::Explain(command) => command.run(&mut console),
        Command::Checks(command) => command.run(&mut console),
        Command::Test(command) => command.run(&mut console),
        Command::Schema(command) => command.run(&mut console),
        Command::Init(command) => command.run(&mut console),
    };
    let done = done.and_then(|status| out.flush().map(|()| status));
    let code = done.unwrap_or_else(|error| {
        // Whoever closed the pipe has seen enough; anything else is worth a word, if it can be said.
        if error.kind() != io::ErrorKind::BrokenPipe {
            drop(writeln!(err, "tieout: {error}"));
        }
        status::CANNOT
    });
    drop(err.flush());
    ExitCode::from(code)
}

#[cfg(test)]
mod tests {
    use crate::cli::{Cli, lang_of};
    use crate::pipeline::report::Lang;

    #[test]
    fn the_command_line_is_well_formed() {
        <Cli as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn the_language_follows_the_environment() {
        let of = |all: [&str; 3]| lang_of(all.map(|each| Some(each.to_owned())));
        assert_eq!(of(["", "", "zh_CN.UTF-8"]), Lang::Zh);
        assert_eq!(of(["C", "", "zh_CN.UTF-8"]), Lang::En);
        assert_eq!(lang_of([None, None, None]), Lang::En);
    }
}
