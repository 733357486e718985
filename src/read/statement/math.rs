//! Formulas that a converter wrote in TeX, as they read: `$89.01\% \times 4$` is `89.01% × 4`.

use crate::document::Passage;

/// What stands for a command.
const COMMANDS: [(&str, &str); 24] = [
    ("times", "×"),
    ("cdot", "×"),
    ("ast", "×"),
    ("div", "÷"),
    ("approx", "≈"),
    ("geqslant", "≥"),
    ("leqslant", "≤"),
    ("geq", "≥"),
    ("leq", "≤"),
    ("ge", "≥"),
    ("le", "≤"),
    ("mu", "μ"),
    ("pm", "±"),
    ("sim", "~"),
    ("text", ""),
    ("mathrm", ""),
    ("mathbf", ""),
    ("operatorname", ""),
    ("left", ""),
    ("right", ""),
    ("quad", " "),
    ("permil", "‰"),
    ("circ", "°"),
    ("frac", ""),
];

/// The passage with its TeX read, each decoded piece standing where its command does; `None` where there
/// is none.
pub fn decoded(passage: &Passage) -> Option<Passage> {
    let text = passage.text();
    if !text.contains('\\') {
        return None;
    }
    let mut reader = Reader { passage, text, done: 0, read: Passage::new() };
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(['$', '\\'])) {
        let open = at + found + 1;
        if let Some(rest) = text.get(at + found..).filter(|rest| rest.starts_with('\\')) {
            // A command that stands among words is read if it is a sign.
            let (name, with) = command(rest);
            at = open + name.len();
            if !with.is_empty() {
                reader.replace(open - 1..at, with);
            }
            continue;
        }
        // Dollars of money come in pairs too; only a pair with a command between is TeX.
        let inside = text.get(open..).and_then(|rest| rest.find('$').and_then(|end| rest.get(..end)));
        at = open;
        if let Some(inside) = inside.filter(|inside| inside.contains('\\')) {
            let close = open + inside.len();
            reader.replace(open - 1..open, "");
            reader.formula(open..close);
            reader.replace(close..close + 1, "");
            at = close + 1;
        }
    }
    reader.keep(text.len());
    Some(reader.read)
}

struct Reader<'a> {
    passage: &'a Passage,
    text: &'a str,
    /// Up to here all is read.
    done: usize,
    read: Passage,
}

impl Reader<'_> {
    fn keep(&mut self, end: usize) {
        if self.done < end {
            self.read.append(&self.passage.part(self.done..end));
        }
        self.done = self.done.max(end);
    }

    fn replace(&mut self, part: std::ops::Range<usize>, with: &str) {
        self.keep(part.start);
        self.read.push_decoded(with, self.passage.span(part.clone()));
        self.done = part.end;
    }

    /// Reads what stands between two dollars. A fraction is two brackets with a stroke between.
    fn formula(&mut self, range: std::ops::Range<usize>) {
        let mut at = range.start;
        // For every open brace, what it is written as when it closes.
        let mut braces: Vec<&str> = Vec::new();
        while at < range.end
            && let Some(rest) = self.text.get(at..range.end)
            && let Some(next) = rest.chars().next()
        {
            let mut length = next.len_utf8();
            match next {
                '\\' => {
                    let (name, with) = command(rest);
                    length = 1 + name.len();
                    if name == "frac" && rest.get(length..).is_some_and(|rest| rest.starts_with('{')) {
                        braces.push(")/(");
                        length += 1;
                        self.replace(at..at + length, "(");
                    } else {
                        self.replace(at..at + length, with);
                    }
                }
                '{' => {
                    braces.push("");
                    self.replace(at..at + 1, "");
                }
                '}' => {
                    let with = braces.pop().unwrap_or_default();
                    if with == ")/(" && rest.get(1..).is_some_and(|rest| rest.starts_with('{')) {
                        braces.push(")");
                        length = 2;
                    }
                    self.replace(at..at + length, if with == ")/(" && length == 1 { ")" } else { with });
                }
                '^' => {
                    let (exponent, with) = exponent(rest);
                    length = exponent;
                    self.replace(at..at + length, with);
                }
                _ => {}
            }
            at += length;
        }
    }
}

/// The name of the command at the start, and what it reads as.
fn command(rest: &str) -> (&str, &'static str) {
    let name = rest.get(1..).unwrap_or_default();
    let end = name.find(|each: char| !each.is_ascii_alphabetic()).unwrap_or(name.len());
    if end == 0 {
        // `\%`, `\$`, `\,`: the sign itself, or a space.
        let sign = name.chars().next().unwrap_or(' ');
        let with = match sign {
            '%' => "%",
            '$' => "$",
            '&' => "&",
            _ => "",
        };
        return (name.get(..sign.len_utf8()).unwrap_or_default(), with);
    }
    let name = name.get(..end).unwrap_or_default();
    (name, COMMANDS.iter().find(|(known, _)| *known == name).map_or("", |(_, with)| with))
}

/// How long an exponent is, and how it is printed.
fn exponent(rest: &str) -> (usize, &'static str) {
    match rest {
        _ if rest.starts_with("^2") => (2, "²"),
        _ if rest.starts_with("^3") => (2, "³"),
        _ if rest.starts_with("^{2}") => (4, "²"),
        _ if rest.starts_with("^{3}") => (4, "³"),
        _ => (1, "^"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        decoded(&Passage::plain(text, 0)).map(|passage| passage.text().to_owned())
    }

    #[test]
    fn tex_reads_as_it_is_set() {
        for (tex, text) in [
            (r"得分 $89.01\% \times 4 = 3.56$ 分", "得分 89.01% × 4 = 3.56 分"),
            (r"控制在 $34 \mu\text{g}/\text{m}^3$ 。", "控制在 34 μg/m³ 。"),
            (r"率=$\frac{3}{4} \times 100\%$", "率=(3)/(4) × 100%"),
            (r"cost $5 and $\left(6\right)$", "cost $5 and (6)"),
            (r"$\frac{a", "$\\frac{a"),
            (r"（a/b） \times 100\% C:\temp", r"（a/b） × 100% C:\temp"),
        ] {
            assert_eq!(read(tex).as_deref(), Some(text), "{tex}");
        }
        assert_eq!(read("from $5 to $6"), None);
    }

    #[test]
    fn what_was_read_is_found_where_it_stands() {
        let tex = r"得分 $89.01\%$ 分";
        let passage = decoded(&Passage::plain(tex, 0)).unwrap();
        let at = passage.text().find("89.01%").unwrap();
        assert_eq!(&tex[passage.span(at..at + 6).range()], r"89.01\%");
    }
}
