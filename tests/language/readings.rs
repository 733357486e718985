//! Several lawful definitions, of which most records keep one.

use super::with_terms;

/// Rows `opening initial adjustment adjusted` under the readings with and without the opening balance.
fn adjusted(rows: &[[i32; 4]]) -> Vec<String> {
    let check = "[[check]]\nid = \"t/t\"\nfor = [\"initial\", \"more\", \"adjusted\"]\n\
                 reading.with = \"opening + initial + more = adjusted\"\nreading.without = \"initial + more = adjusted\"\n";
    let row = |[opening, initial, more, adjusted]: &[i32; 4]| {
        format!("{{\"opening\": {opening}, \"initial\": {initial}, \"more\": {more}, \"adjusted\": {adjusted}}}")
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    with_terms("", check, &format!("{{\"rows\": [{}]}}", rows.join(",")))
}

#[test]
fn the_reading_that_most_records_keep_decides_for_all() {
    let (with, without, neither) = ([1, 2, 3, 6], [1, 2, 3, 5], [1, 2, 3, 9]);
    assert_eq!(
        adjusted(&[with, with, without]),
        ["exact as with", "exact as with", "broken /rows/2/adjusted by -1 within 0 as with"]
    );
    assert_eq!(
        adjusted(&[with, with, neither]),
        ["exact as with", "exact as with", "broken /rows/2/adjusted by 3 within 0 as with"]
    );
    // Half of them are not most.
    assert_eq!(adjusted(&[with, neither]), ["undecided NoReading", "undecided NoReading"]);
    assert_eq!(adjusted(&[with, without]), ["undecided NoReading", "undecided NoReading"]);
}

#[test]
fn a_record_alone_elects_no_reading() {
    assert_eq!(adjusted(&[[1, 2, 3, 6]]), ["exact"]);
    assert_eq!(adjusted(&[[1, 2, 3, 5]]), ["exact"]);
    assert_eq!(adjusted(&[[1, 2, 3, 9]]), ["broken FewVotes /rows/0/adjusted by 3 within 0"]);
    // A record whose readings are the same has no vote.
    assert_eq!(adjusted(&[[0, 2, 3, 5], [1, 2, 3, 6]]), ["exact", "exact"]);
}
