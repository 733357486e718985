#!/usr/bin/env python3
"""List the numbers of a report that its figures file does not hold, each with a reason.

    python3 unlisted.py REPORT FIGURES

REPORT is the plain text of the report, tables separated by tabs; FIGURES is the
figures.json made from it. Looked at are the lines of every captioned table (from its
caption to its last row) and every line that an `$at` names. On each line the numbers of
the report and those of the file are compared as multisets, as printed.

Exit status: 0 if every number left over has a reason and every figure of the file is
printed on the line it names; 1 if not; 2 for bad usage. Python 3 standard library only.
Numbers written in Chinese characters are not looked at.
"""
import json
import re
import sys
from collections import Counter, defaultdict

NUMBER = re.compile(r"\d{4}(?:\.\d{1,2}){2}|\d+(?:,\d{3})*(?:\.\d+)?[%‰]?")

# Texts may be continued on a later line, figures may not.
TEXTS = {"caption", "label", "title", "document_number"}

# (reason, pattern): a number is explained if it lies in the pattern's first group, or in the
# whole match if there is no group. A pattern names the context that makes the reason true.
AMOUNT = r"\d[\d.,]*"
SHEET = r"^[^\t]*\t[^\t]*\tB\d{3}"  # a row of the scoring sheet
RULES = [(reason, re.compile(pattern)) for reason, pattern in [
    ("document number", r"[〔\[](?:19|20)\d\d[〕\]]\s*\d+\s*号"),
    ("year", r"(?:19|20)\d\d(?=\s*(?:年|-\s*(?:19|20)\d\d))"),
    ("year, the end of a range", r"(?<=(?:19|20)\d\d-)(?:19|20)\d\d"),
    ("table number", r"表 ?\d+-\d+"),
    ("number of an annex", r"附件 ?\d+"),
    ("number of a section or of a row in its label", r"(?:^|\t)\d+\.(?=[^\d\s])"),
    ("code of an indicator", r"(?<![A-Za-z])[A-D]\d{1,3}(?!\d)"),
    ("name of a pollutant", r"PM ?\d+(?:\.\d+)?"),
    ("weight (not yet in the typed file)", r"满分 ?\d+ ?分"),
    ("weight (not yet in the typed file)", r"^\tB\d [^\t]*（(\d+) ?分?）\tB\d{3}"),
    ("weight (not yet in the typed file)", SHEET + r"[^\t]*\t(\d+)\t"),
    ("score (not yet in the typed file)", SHEET + r".*\t(\d+(?:\.\d+)?)$"),
    ("score (not yet in the typed file)", r"实际得分 ?[\d.]+ ?分"),
    ("rate of a score (not yet in the typed file)", r"得分率 ?[\d.]+%"),
    ("result of an indicator, a rate (not yet in the typed file)", SHEET + r"(?:[^\t]*\t){5}([\d.]+%)\t"),
    ("target or threshold (not yet in the typed file)", r"[≤≥<>] ?\d+%|小于等于 ?\d+%|\d+%(?=<)"),
    ("step of a scoring rule (not yet in the typed file)", r"(?:每增加|每降低|每低|不足|扣除?|减) ?\d+%"),
    ("factor of a percentage in a formula", r"(?:×|\\times) ?100\\?%"),
    ("operand of a formula written out (not yet in the typed file)",
     rf"= ?[（(]*{AMOUNT}(?:-{AMOUNT})?[）)]?/{AMOUNT}"),
    ("result of a formula, a rate (not yet in the typed file)", r"= ?[\d.]+\\?%"),
    ("share of a project (not yet in the typed file)", r"资金占比 ?[\d.]+%"),
    ("spending on a project (not yet in the typed file)", rf"({AMOUNT}) 万元，资金占比"),
    ("spending on key projects (not yet in the typed file)", rf"重点项目支出合计 ?{AMOUNT}"),
    ("count of projects (not yet in the typed file)", r"涉及 ?\d+ ?个项目"),
]]


def numbers(text):
    return [match.group() for match in NUMBER.finditer(text)]


def walk(node, line, figures, texts, lines):
    """Collects the file's numbers by line, and the lines to look at; returns the lines below `node`."""
    line = node.get("$at", {}).get("line", line)
    below = {line} if line else set()
    for key, value in node.items():
        if key in ("$at", "$schema"):
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                below |= walk(each, line, figures, texts, lines)
            elif isinstance(each, str) and line:
                (texts if key in TEXTS else figures)[line].update(numbers(each))
    lines |= below
    if "caption" in node and below:
        lines |= set(range(min(below), max(below) + 1))
    return below


def reason(text, start, end):
    for why, pattern in RULES:
        for match in pattern.finditer(text):
            group = 1 if pattern.groups else 0
            if match.start(group) <= start and end <= match.end(group):
                return why
    return None


def main(report, figures_file):
    with open(report, encoding="utf-8") as file:
        source = file.read().split("\n")
    with open(figures_file, encoding="utf-8") as file:
        tree = json.load(file)
    figures, texts, lines = defaultdict(Counter), defaultdict(Counter), set()
    walk(tree, None, figures, texts, lines)

    listed, reasons, wrong = 0, Counter(), 0
    for number in sorted(lines):
        text = source[number - 1]
        open_figures, open_texts = figures[number].copy(), texts[number].copy()
        left = []
        for match in NUMBER.finditer(text):
            literal, why = match.group(), reason(text, *match.span())
            # What a rule explains is matched last, so that it cannot take the place of a figure.
            left.append((why is not None, match.start(), literal, why))
        for _, start, literal, why in sorted(left):
            if open_texts[literal] and why:
                open_texts[literal] -= 1
                listed += 1
            elif open_figures[literal]:
                open_figures[literal] -= 1
                listed += 1
            elif open_texts[literal]:
                open_texts[literal] -= 1
                listed += 1
            else:
                reasons[why] += 1
                wrong += why is None
                print(f"{number}: {literal}\t{why or 'NO REASON'}")
        for literal in open_figures.elements():
            wrong += 1
            print(f"{number}: {literal}\tIN THE FILE, NOT ON THE LINE")

    print(f"\n{len(lines)} lines: {listed} numbers in the file, {reasons.total()} not")
    for why, count in reasons.most_common():
        print(f"{count:6} {why or 'NO REASON'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(*sys.argv[1:]))
