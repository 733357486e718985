//! Dates as documents print them: `2019.3.21`, `2019-03-21`, `2019 年 3 月 21 日`, or only a year, or a year and a month.

use time::{Date, Month};

/// A date, as far as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The year.
    pub year: i32,
    /// The day, if it is printed, counted so that the day after is one more.
    pub day: Option<i32>,
}

/// Reads a date; `None` for other words, and for a day or month that there is not, as 30 February.
#[must_use]
pub fn read(text: &str) -> Option<Printed> {
    let folded = text.chars().map(|each| match each {
        '０'..='９' => char::from_digit(each as u32 - '０' as u32, 10).unwrap_or(each),
        '．' => '.',
        '／' => '/',
        '－' | '—' | '–' => '-',
        other => other,
    });
    let plain: String = folded.filter(|each| !each.is_whitespace()).collect();
    let plain = plain.trim_end_matches(['日', '号', '月', '年']);
    let mut parts = plain.split(['.', '/', '-', '年', '月']);
    let mut number = || -> Option<Option<u16>> {
        match parts.next() {
            None => Some(None),
            Some(part) if part.bytes().all(|byte| byte.is_ascii_digit()) => part.parse().ok().map(Some),
            Some(_) => None,
        }
    };
    let (year, month, day) = (number()??, number()?, number()?);
    let year = (1900..=2200).contains(&year).then(|| i32::from(year))?;
    let Some(month) = month else { return Some(Printed { year, day: None }) };
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let Some(day) = day else { return Some(Printed { year, day: None }) };
    let date = Date::from_calendar_date(year, month, u8::try_from(day).ok()?).ok()?;
    parts.next().is_none().then(|| Printed { year, day: Some(date.to_julian_day()) })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn dates_are_read_as_they_are_printed() {
        let day = |text: &str| read(text).and_then(|date| date.day);
        let first = day("2019.3.21");
        assert!(first.is_some());
        for same in [
            "2019-03-21",
            "2019/3/21",
            "2019年3月21日",
            "2019 年 3 月 21 日",
            "２０１９．３．２１",
            "2019／3／21",
            "2019－3－21",
            "2019—3—21",
        ] {
            assert_eq!(day(same), first, "{same}");
        }
        assert_eq!(day("2020.3.1").zip(day("2020.2.28")).map(|(after, before)| after - before), Some(2));
        assert_eq!(read("2019").map(|date| (date.year, date.day)), Some((2019, None)));
        assert_eq!(read("2019年3月").map(|date| (date.year, date.day)), Some((2019, None)));
    }

    #[test]
    fn what_is_no_day_of_the_calendar_is_no_date() {
        for wrong in [
            "2019.2.29",
            "2019.15.1",
            "2019-13",
            "2019.4.31",
            "19.4.1",
            "",
            "—",
            "2019.4.3.2",
            "3月21日",
            "2019.4.x",
            "2019.+4.3",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
