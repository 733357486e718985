//! The Markdown reader: any bytes are read or told why not, and every passage is made of slices of its source.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tieout::read::Format;
use tieout_fuzz::read_report;

fuzz_target!(|bytes: &[u8]| read_report(bytes, Format::Markdown));
