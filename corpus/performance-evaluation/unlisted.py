#!/usr/bin/env python3
"""List the numbers of a report that its figures file does not hold, each with a reason.

    python3 unlisted.py REPORT FIGURES

REPORT is the plain text of the report, tables separated by tabs; FIGURES is the
figures.json made from it. Every line of the report is looked at: its numbers and those of
the file's records that name the line in their `$at` are compared as multisets, as printed.

Exit status: 0 if every number left over has a reason and every figure of the file is
printed on the line it names; 1 if not; 2 for bad usage. Python 3 standard library only.
Numbers written in Chinese characters are not looked at.
"""
import json
import re
import sys
from collections import Counter, defaultdict

# A date with dots is one number; a percent sign may be escaped.
NUMBER = re.compile(r"\d{4}(?:\.\d{1,2}){2}|\d+(?:,\d{3})*(?:\.\d+)?(?:\\?[%‰])?")

# Texts may be continued on a later line, figures may not.
TEXTS = {"caption", "label", "title", "document_number", "code", "names", "question", "target_text", "result_text"}

# Which thing a record is about, in the words of the file.
NAMES = {"indicator", "group", "asset", "category"}

# (reason, pattern): a number is explained if it lies in the pattern's first group, or in the
# whole match if there is no group. A pattern names the context that makes the reason true.
# What can be a figure stands last.
AMOUNT = r"\d[\d.,]*"
RULES = [(reason, re.compile(pattern)) for reason, pattern in [
    ("document number", r"[〔\[(【](?:19|20)\d\d[〕\])】]\s*第?\s*\d+\s*号"),
    ("document number", r"令\s*第 ?\d+ ?号"),
    ("year", r"(?:19|20)\d\d(?=\s*(?:年|-\s*(?:19|20)\d\d))"),
    ("year", r"(?<=(?:19|20)\d\d-)(?:19|20)\d\d"),
    ("year", r"(?:19|20)\d\d(?= 部门整体支出)"),
    ("year", r"(?<=截至 )\d\d(?= 年底)"),
    ("month or day of a date", r"(?:\d+ ?- ?)?\d+ ?月(?:份| ?\d+ ?日)?"),
    ("page number in the contents", r"\.{3,}\s*(\d+)$"),
    ("number of a heading or of a point", r"^\s*[(（]?(\d+)(?:[)）]|[.、](?!\d))"),
    ("number of a heading or of a point", r"^\d\.(?:19|20)\d\d(?= 年)"),
    ("number of a heading or of a point", r"[：；。][(（](\d+)[)）]"),
    ("number of a heading or of a point", r"\t(\d+)\.(?=[^\d])"),
    ("number of a question", r"^Q\d+"),
    ("number of a table, a figure or an annex", r"[表图] ?\d+(?:-\d+)?"),
    ("number of a table, a figure or an annex", r"附件 ?\d+"),
    ("code of an indicator", r"(?<![A-Za-z])[A-D]\d{1,3}(?![-\d])"),
    ("name of a pollutant", r"PM ?(?:_\{)?\d+(?:\.\d+)?"),
    ("part of a unit", r"m\}?\^\d"),
    ("size that names a kind of boiler", r"\d+ ?蒸吨及以[上下]|直径 ?\d+ ?米以下"),
    ("place in a ranking", r"排名第 ?\d+"),
    ("days of notice before an interview", r"至少提前 ?\d+ ?天"),
    ("factor of a percentage in a formula", r"(?:×|\\times) ?100\\?%"),
    ("operand that its formula repeats", rf"= ?[（(]*{AMOUNT}(?:-{AMOUNT})?[）)]?/{AMOUNT}"),
    ("operand that its formula repeats", rf"实际得分 ?\$?({AMOUNT}\\?% ?(?:\*|\\times) ?\d+)"),
    ("result that its formula repeats", r"= ?[\d.]+\\?%"),
    ("bounds that a rule repeats", r"\d+%<[^\d]*<\d+%"),
    ("step that a rule repeats to say how it is rounded", r"不足 ?\d+%"),
    ("number of the criteria, which the file lists", r"以上 ?\d+ ?项"),
    ("band that the sentence repeats from its table", r"年龄在 ?\d+(?: ?- ?\d+)? ?岁|的调查对象在 ?\d+ ?岁以上"),
    ("band that the sentence repeats from its table", r"工作年限为 ?\d+ ?年以[内上]"),
]]


def numbers(text):
    """The numbers of a text, each with where it begins and ends."""
    return [(match.group().replace("\\", ""), *match.span()) for match in NUMBER.finditer(text)]


def walk(node, line, figures, texts):
    """Collects the numbers of the file by the line that they stand on."""
    line = node.get("$at", {}).get("line", line)
    for key, value in node.items():
        # A row of a score sheet holds its result under the name of the rate, too.
        again = key.endswith("_rate") and key != "scoring_rate" and value == node.get("result")
        if key in ("$at", "$schema") or key in NAMES or again:
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                walk(each, line, figures, texts)
            elif isinstance(each, str) and line:
                of = texts if key in TEXTS else figures
                of[line].update(literal for literal, *_ in numbers(each))


def rule(text, start, end):
    """The place in RULES of the rule that explains the number; -1 if none does."""
    for at, (_, pattern) in enumerate(RULES):
        for match in pattern.finditer(text):
            group = 1 if pattern.groups else 0
            if match.start(group) <= start and end <= match.end(group):
                return at
    return -1


def main(report, figures_file):
    with open(report, encoding="utf-8") as file:
        source = file.read().split("\n")
    with open(figures_file, encoding="utf-8") as file:
        tree = json.load(file)
    figures, texts = defaultdict(Counter), defaultdict(Counter)
    walk(tree, None, figures, texts)

    listed, reasons, wrong = 0, Counter(), 0
    for number, text in enumerate(source, 1):
        open_figures, open_texts = figures[number].copy(), texts[number].copy()
        # What a rule explains is matched last, so that it cannot take the place of a figure.
        found = [(rule(text, start, end), start, literal) for literal, start, end in numbers(text)]
        for at, _, literal in sorted(found, key=lambda each: (each[0] >= 0, -each[0], each[1])):
            if open_figures[literal] or open_texts[literal]:
                (open_figures if open_figures[literal] else open_texts)[literal] -= 1
                listed += 1
            else:
                why = RULES[at][0] if at >= 0 else "NO REASON"
                reasons[why] += 1
                wrong += at < 0
                print(f"{number}: {literal}\t{why}")
        for literal in open_figures.elements():
            wrong += 1
            print(f"{number}: {literal}\tIN THE FILE, NOT ON THE LINE")
    for number in figures:
        if number > len(source):
            wrong += 1
            print(f"{number}: NO SUCH LINE")

    print(f"\n{len(source)} lines: {listed} numbers in the file, {reasons.total()} not")
    for why, count in reasons.most_common():
        print(f"{count:6} {why}")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(*sys.argv[1:]))
