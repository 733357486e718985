//! The `tieout` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    tieout::cli::main()
}
