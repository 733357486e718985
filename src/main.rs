//! The `tieout` program.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Reports are many small texts: an allocator that is made for those saves a sixth of the time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    tieout::cli::main()
}
