//! The program as its users meet it: files in a folder, a command, what it prints and how it ends.
#![cfg(test)]

mod desk;

mod bad_checks;
mod bad_input;
mod commands;
mod own_check;
mod pack_schema;
