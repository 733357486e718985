//! Markup that converters and OCR leave in running text: tags and entities taken off, formulas made readable.

use crate::document::Passage;
use crate::source::Span;

/// How far the end of a tag or formula may be from its start, in bytes: so that a stray one costs little.
const REACH: usize = 512;

/// The text from a byte of the source on, without its markup.
pub fn decode(text: &str, start: usize) -> Passage {
    let mut passage = Passage::new();
    append(&mut passage, text, start);
    passage
}

/// Adds the text from a byte of the source on to a passage, without its markup.
pub fn append(passage: &mut Passage, text: &str, start: usize) {
    let mut decoder = Decoder { text, start, passage };
    let (mut at, mut plain) = (0, 0);
    while let Some(&byte) = text.as_bytes().get(at) {
        let end = if is_special(byte) { decoder.end_of_markup(at) } else { None };
        let Some(end) = end else {
            at += 1;
            continue;
        };
        decoder.plain(plain, at);
        decoder.markup(at, end);
        (at, plain) = (end, end);
    }
    decoder.plain(plain, text.len());
}

/// May start something that does not stand for itself.
fn is_special(byte: u8) -> bool {
    matches!(byte, b'<' | b'&' | b'$' | b'\\' | 0xC2 | 0xE2 | 0xEF | 0x7F) || byte < b' '
}

/// Tags that end a line.
const BREAKS: [&str; 5] = ["p", "br", "div", "li", "tr"];
/// Tags that only change the looks.
const LOOKS: [&str; 18] = [
    "sup", "sub", "b", "strong", "i", "em", "u", "s", "span", "font", "a", "ul", "ol", "small", "big", "center", "ins",
    "del",
];

const ENTITIES: [(&str, &str); 34] = [
    ("lt", "<"),
    ("gt", ">"),
    ("amp", "&"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ensp", " "),
    ("emsp", " "),
    ("thinsp", " "),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("minus", "−"),
    ("hellip", "…"),
    ("middot", "·"),
    ("times", "×"),
    ("divide", "÷"),
    ("plusmn", "±"),
    ("le", "≤"),
    ("ge", "≥"),
    ("permil", "‰"),
    ("deg", "°"),
    ("micro", "µ"),
    ("mu", "μ"),
    ("sup2", "²"),
    ("sup3", "³"),
    ("yen", "¥"),
    ("euro", "€"),
    ("pound", "£"),
];

const SYMBOLS: [(&str, &str); 33] = [
    ("times", "×"),
    ("cdot", "·"),
    ("div", "÷"),
    ("pm", "±"),
    ("mp", "∓"),
    ("leq", "≤"),
    ("le", "≤"),
    ("leqslant", "≤"),
    ("geq", "≥"),
    ("ge", "≥"),
    ("geqslant", "≥"),
    ("lt", "<"),
    ("gt", ">"),
    ("neq", "≠"),
    ("ne", "≠"),
    ("approx", "≈"),
    ("sim", "~"),
    ("equiv", "≡"),
    ("circ", "°"),
    ("degree", "°"),
    ("mu", "μ"),
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("Delta", "Δ"),
    ("lambda", "λ"),
    ("sigma", "σ"),
    ("sum", "∑"),
    ("Sigma", "Σ"),
    ("ldots", "…"),
    ("rightarrow", "→"),
    ("quad", " "),
];

fn found(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(each, _)| *each == name).map(|(_, text)| *text)
}

fn raised(each: char) -> Option<char> {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    match each {
        '+' => Some('⁺'),
        '-' | '−' => Some('⁻'),
        'n' => Some('ⁿ'),
        _ => each.to_digit(10).and_then(|digit| digits.get(digit as usize).copied()),
    }
}

/// A short exponent as raised characters: `3` → `³`.
fn exponent(text: &str) -> Option<String> {
    (!text.is_empty() && text.len() <= 8).then(|| text.chars().map(raised).collect::<Option<String>>())?
}

struct Decoder<'a> {
    text: &'a str,
    start: usize,
    passage: &'a mut Passage,
}

impl Decoder<'_> {
    fn slice(&self, from: usize, to: usize) -> &str {
        self.text.get(from..to).unwrap_or_default()
    }

    fn plain(&mut self, from: usize, to: usize) {
        let text = self.text.get(from..to).unwrap_or_default();
        self.passage.push(text, self.start + from);
    }

    fn decoded(&mut self, text: &str, from: usize, to: usize) {
        self.passage.push_decoded(text, Span::new(self.start + from, self.start + to));
    }

    /// A blank where the text has none yet.
    fn blank(&mut self, from: usize, to: usize) {
        if self.passage.text().chars().next_back().is_some_and(|last| !last.is_whitespace()) {
            self.decoded(" ", from, to);
        }
    }

    /// Where what starts here ends; `None` if it stands for itself.
    fn end_of_markup(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let first = rest.chars().next()?;
        match first {
            '<' => self.tag(at).map(|(_, end)| end),
            '&' => entity(rest).map(|(_, length)| at + length),
            '$' | '\\' => self.formula(at).map(|(_, _, end)| end),
            '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => Some(at + first.len_utf8()),
            _ if first.is_control() => Some(at + first.len_utf8()),
            _ => None,
        }
    }

    fn markup(&mut self, at: usize, end: usize) {
        let first = self.slice(at, end).chars().next();
        match first {
            Some('<') => match self.tag(at) {
                Some(("sup", _)) if self.exponent(at, end) => {}
                Some((name, _)) if BREAKS.contains(&name) => self.blank(at, end),
                _ => {}
            },
            Some('&') => {
                if let Some((text, _)) = entity(self.slice(at, end)) {
                    self.decoded(&text, at, end);
                }
            }
            Some('$' | '\\') => {
                if let Some((from, to, _)) = self.formula(at) {
                    self.math(from, to);
                }
            }
            Some('\t') => self.blank(at, end),
            _ => {}
        }
    }

    /// The name of the tag that starts here and where it ends; an exponent is taken with what is in it.
    fn tag(&self, at: usize) -> Option<(&'static str, usize)> {
        let rest = self.text.as_bytes().get(at + 1..)?;
        let closing = usize::from(rest.first() == Some(&b'/'));
        let length = rest.iter().skip(closing).take(8).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name_end = closing + length;
        if !matches!(rest.get(name_end), Some(b'>' | b'/' | b' ')) {
            return None;
        }
        let name = self.text.get(at + 1 + closing..at + 1 + name_end)?;
        let name = BREAKS.iter().chain(&LOOKS).find(|each| each.eq_ignore_ascii_case(name))?;
        let end = at + 1 + rest.iter().take(REACH).position(|byte| *byte == b'>')? + 1;
        if *name == "sup"
            && closing == 0
            && let Some(inside) = self.text.get(end..)
            && let Some(length) = inside.bytes().take(32).position(|byte| byte == b'<')
            && exponent(inside.get(..length).unwrap_or_default()).is_some()
        {
            return Some((name, end + length));
        }
        Some((name, end))
    }

    /// Writes the exponent in a tag, if it holds one.
    fn exponent(&mut self, at: usize, end: usize) -> bool {
        let inside = self.slice(at, end).split_once('>').map_or("", |(_, inside)| inside);
        let text = exponent(inside);
        if let Some(text) = &text {
            self.decoded(text, at, end);
        }
        text.is_some()
    }

    /// The inside of the formula that starts here, and where it ends. An amount in dollars is none.
    fn formula(&self, at: usize) -> Option<(usize, usize, usize)> {
        let rest = self.text.as_bytes().get(at..)?;
        let (open, close): (&[u8], &[u8]) = match rest {
            [b'$', b'$', ..] => (b"$$", b"$$"),
            [b'$', ..] => (b"$", b"$"),
            [b'\\', b'(', ..] => (br"\(", br"\)"),
            [b'\\', b'[', ..] => (br"\[", br"\]"),
            _ => return None,
        };
        let inside = rest.get(open.len()..)?;
        let near = inside.get(..REACH.min(inside.len()))?;
        let length = near.windows(close.len()).position(|each| each == close)?;
        let (from, end) = (at + open.len(), at + open.len() + length + close.len());
        let text = self.text.get(from..from + length)?;
        let is_figure = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'%'))
            && !text.is_empty()
            && !self.text.as_bytes().get(end).is_some_and(u8::is_ascii_digit);
        let is_math = text.contains(['\\', '^']) || text.contains("_{");
        if !is_figure && !is_math {
            return None;
        }
        let left = text.len() - text.trim_start().len();
        Some((from + left, (from + text.trim_end().len()).max(from + left), end))
    }

    /// Writes a formula as it reads.
    fn math(&mut self, from: usize, to: usize) {
        let mut at = from;
        while at < to
            && let Some(each) = self.slice(at, to).chars().next()
        {
            let next = at + each.len_utf8();
            at = match each {
                '\\' => self.command(at, to),
                '{' | '}' | '_' => next,
                '~' => {
                    self.decoded(" ", at, next);
                    next
                }
                '^' => self.raise(at, to),
                _ => {
                    self.plain(at, next);
                    next
                }
            };
        }
    }

    /// The inside of the braces that start here, or the character; and where it ends.
    fn group(&self, at: usize, to: usize) -> (usize, usize, usize) {
        let blanks = self.slice(at, to).bytes().take_while(|byte| *byte == b' ').count();
        let at = at + blanks;
        let text = self.slice(at, to);
        if !text.starts_with('{') {
            let width = text.chars().next().map_or(0, char::len_utf8);
            return (at, at + width, at + width);
        }
        let mut depth = 0;
        for (offset, byte) in text.bytes().enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return (at + 1, at + offset, at + offset + 1);
            }
        }
        (at + 1, to.max(at + 1), to.max(at + 1))
    }

    fn raise(&mut self, at: usize, to: usize) -> usize {
        let (from, until, end) = self.group(at + 1, to);
        let inside = self.slice(from, until).trim();
        let text = if matches!(inside, r"\circ" | r"\degree") { Some("°".to_owned()) } else { exponent(inside) };
        match text {
            Some(text) => self.decoded(&text, at, end),
            None if inside.starts_with('\\') && until > from => return from,
            None => {
                self.plain(at, at + 1);
                self.math(from, until);
            }
        }
        end.max(at + 1)
    }

    fn command(&mut self, at: usize, to: usize) -> usize {
        let rest = self.slice(at + 1, to);
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let name = rest.get(..length).unwrap_or_default();
        if name.is_empty() {
            let Some(each) = rest.chars().next() else { return to };
            let next = at + 1 + each.len_utf8();
            match each {
                '%' | '$' | '_' | '&' | '#' | '{' | '}' => self.plain(at + 1, next),
                ' ' | '\\' => self.blank(at, next),
                _ => {}
            }
            return next;
        }
        let after = at + 1 + length;
        let blanks = rest.get(length..).unwrap_or_default().bytes().take_while(|byte| *byte == b' ').count();
        if matches!(name, "frac" | "dfrac" | "tfrac") {
            let above = self.group(after, to);
            let below = self.group(above.2, to);
            self.side(above.0, above.1);
            self.decoded("/", above.1, above.2);
            self.side(below.0, below.1);
            return below.2.max(after);
        }
        if let Some(symbol) = found(&SYMBOLS, name) {
            self.decoded(symbol, at, after);
        }
        after + blanks
    }

    /// A side of a fraction: in brackets where it is more than one thing.
    fn side(&mut self, from: usize, to: usize) {
        let inside = self.slice(from, to).trim();
        let is_one = !inside.contains(['+', '-', '/', '*']) && !inside.contains(r"\times") && !inside.contains(r"\div");
        if !is_one {
            self.decoded("(", from, from);
        }
        self.math(from, to);
        if !is_one {
            self.decoded(")", to, to);
        }
    }
}

/// What the entity at the start of a text stands for, and its length.
fn entity(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let decoded = if let Some(code) = name.strip_prefix('#') {
        let code = match code.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => code.parse().ok()?,
        };
        let each = char::from_u32(code).filter(|each| !each.is_control())?;
        if each == '\u{A0}' { " ".to_owned() } else { each.to_string() }
    } else {
        found(&ENTITIES, name)?.to_owned()
    };
    Some((decoded, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        decode(text, 0).text().to_owned()
    }

    #[test]
    fn formulas_read_as_printed() {
        for (source, expected) in [
            (r"$34 \mu\text{g}/\text{m}^3$", "34 μg/m³"),
            (r"$\times 100\%$", "×100%"),
            (r"$\mathrm{PM}_{2.5}$ 为 $\leq 10\%$", "PM2.5 为 ≤10%"),
            (r"$\frac{12}{3+1} \times 100\% = 300\%$", "12/(3+1) ×100% = 300%"),
            (r"\(10^{-3}\) 与 $20^{\circ}$C，$$1 \geq 0$$", "10⁻³ 与 20°C，1 ≥0"),
            (r"共 $12.5$ 万元", "共 12.5 万元"),
            (r"$\overline{x^{ab}} \frac$", "x^ab /"),
        ] {
            assert_eq!(read(source), expected, "{source}");
        }
    }

    #[test]
    fn dollars_and_brackets_stand_for_themselves() {
        for same in [
            "from $5 million to $6 million",
            "$5-$6",
            "关于印发<2020 年方案>的通知",
            "a < b & c > d",
            r"C:\x",
            "AT&T; x",
        ] {
            assert_eq!(read(same), same);
        }
    }

    #[test]
    fn tags_and_entities_are_taken_off() {
        let cases = [
            ("<p>负责预算。</p><p>负责决算。</p>", "负责预算。 负责决算。 "),
            ("年初<br/>预算<b>数</b>", "年初 预算数"),
            ("m<sup>3</sup>", "m³"),
            ("1,234<sup>注</sup>", "1,234注"),
            ("&lt;5&nbsp;&#37;&#x4E07;", "<5 %万"),
            ("12\0\u{200B}3\t4", "123 4"),
        ];
        for (source, expected) in cases {
            assert_eq!(read(source), expected, "{source}");
        }
    }

    #[test]
    fn a_figure_in_markup_is_found_in_the_source() {
        let source = r"率 $= (3/4) \times 100\% = 75\%$ <b>12.5</b>";
        let passage = decode(source, 0);
        for figure in ["3/4", "75", "12.5"] {
            let at = passage.text().find(figure).unwrap();
            assert_eq!(&source[passage.span(at..at + figure.len()).range()], figure);
        }
    }
}
