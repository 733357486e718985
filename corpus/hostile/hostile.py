#!/usr/bin/env python3
"""Write the hostile reports of this folder: their bytes are hard to see, and easy to spoil.

    python3 hostile.py            writes them
    python3 hostile.py --check    writes nothing; fails if a file is not what it would write

README.md says what each is. Exit status: 0 if all is well, 1 if not, 2 for bad usage.
Python 3 standard library only.
"""
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

# Where a reader can show that it has read: 10.50 + 20.25 = 30.75, and 31.75 is printed.
HEAD = ["项目", "预算数", "决算数"]
ROWS = [["甲", "10.50", "1.10"], ["乙", "20.25", "2.20"], ["合计", "31.75", "3.30"]]
CAPTION = "表 1 收支情况表\n单位：万元\n\n"


def tabs(rows):
    return "".join("\t".join(row) + "\n" for row in rows)


TABLE = CAPTION + tabs([HEAD, *ROWS])


def pipes(rows):
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


LABELS = [  # what stands inside a label, or around a figure
    "甲\u202e乙", "丙\u2066丁\u2069", "戊\u200b己", "庚\x1b[31m辛\x1b[0m", "壬\x00癸", "子\x07丑\x08", "寅\u0085卯", "辰\u2028巳", "午\ufeff未", "申\x7f酉",
]

FORMULAS = """（一）看起来像算式的文字

执行率=（）×100%=%
执行率=（/）×100%=54.1%
执行率=（54.1/0）×100%=0%
执行率=（0/0）×100%=0.00%
执行率=（4/7×100%=57.14%
执行率=4/7）×100%=57.14%
执行率=（（（（（（（（（（（（（（（（4/7）×100%=57.14%
执行率=执行率=执行率
×100%=100%
=SUM(A1:A9)
== 一、总则 ==
==========
日期为 2019/12/31，时间为 10:30-11:30，比例尺 1:500，路线 3/4 路。
文件号 市财预〔2019〕10 号=转发 省财预〔2019〕9 号。
甲=乙=丙，1=1，2=2=2，1+1，1-，/2，3×，÷4。
增长率=(120-100)/100×100%=20%=较好
该项指标满分 分，实际得分 分，得分率 %。
该项指标满分 3 分，实际得分三分，得分率百分之百。
占比=1/3/5/7/9×100%
PM2.5=35，A101=100%，B1-B9=9，III 类=3 类
执行率＝（４／８）×１００％＝５０％
执行率=$\\frac{4}{8}\\times100\\%=50\\%$
执行率=\\(4/8
"""

HTML = """# 嵌套与跨度

<table><tr><td rowspan=99999999>甲</td><td colspan=99999999>10.50</td></tr><tr><td>20.25</td></tr></table>

<table><tr><td rowspan="-1" colspan="0">甲</td><td rowspan="1.5" colspan="二">10.50</td></tr></table>

<table><tr><td rowspan=2 colspan=2>甲<td>1<tr><td rowspan=3 colspan=3>乙<td>2<tr><td>3</table>

<table>
<tr><th>项目<th>金额
<tr><td>甲<td>10.50
<tr><td>乙<td>20.25
<tr><td>合计<td>31.75
</table>

<table><tr><td>外<table><tr><td>内<table><tr><td>1.00</td></tr></table></td><td>2.00</td></tr></table></td><td>3.00</td></tr></table>

</td></tr></table>

<table></table>

<table><tr></tr><tr></tr></table>

<td>10.50</td>

<table><tr><td>甲 &amp; 乙 &#20001; &#x4E00; &nbsp; &bogus; &#99999999; &#0; &lt;td&gt;</td><td>1&#46;50</td></tr></table>

<table><tr><td title="a>b" rowspan='2'>甲</td><td/>1.00</tr><!-- <tr><td>9.99</td></tr> --><tr><td>2.00</td></tr></table>

<table><tr><td>没有关上
"""

CONTENTS = "目 录\n\n" + "".join(f"{title}{'.' * 5}{page}\n" for title, page in [
    ("摘 要", 1), ("一、部门概况", 10), ("（一）基本情况", 10), ("（二）部门经费情况", 21), ("二、评价结论", 31), ("附件 1：人员情况表", 62)])


def files():
    """(name, bytes) of every file."""
    def utf8(name, text):
        return name, text.encode("utf-8")

    yield "empty.txt", b""
    yield "bom-only.txt", b"\xef\xbb\xbf"
    yield utf8("blank.txt", " \t\n\n\f\n\u3000\n\t\t\t\n")
    yield utf8("contents-only.txt", CONTENTS)
    yield utf8("labels.txt", CAPTION + tabs([HEAD, *([label, f"{at}.25", "1.00"] for at, label in enumerate(LABELS)), ["合计", "48.50", "10.00"]]))
    yield utf8("figures.txt", CAPTION + tabs([HEAD, ["甲", "1\u202e05.01\u202c", "1\x000"], ["乙", "1\u200b0", "1\u00a0000"], ["丙", "\u202d12\u202c", "１２"]]))
    yield utf8("crlf.txt", TABLE.replace("\n", "\r\n"))
    yield utf8("lone-cr.txt", TABLE.replace("\n", "\r"))
    yield utf8("mixed-ends.txt", "".join(line + end for line, end in zip(TABLE.split("\n"), ["\r\n", "\n", "\r", "\r\r\n", "\n\r", "\r\n", ""])))
    yield utf8("no-end.txt", TABLE.rstrip("\n"))
    yield utf8("one-row.txt", CAPTION + tabs([["甲", "10.50", "1.10"]]))
    yield utf8("one-row.md", pipes([["甲", "10.50", "1.10"]]) + "| --- | --- | --- |\n")
    yield utf8("header-only.txt", CAPTION + tabs([HEAD]) + "\f" + tabs([HEAD]) + "\n" + tabs([HEAD]))
    yield utf8("ragged.txt", CAPTION + tabs([HEAD, ["甲", "10.50"], ["乙", "20.25", "2.20", "9.99", "", ""], [""], ["", "", "", "7.00"], ["丙"], ["合计", "30.75", "2.20"]]))
    yield utf8("ragged.md", pipes([HEAD]) + "|---|:--:|\n" + pipes([["甲", "10.50"], ["乙", "20.25", "2.20", "9.99"], [""]]))
    yield utf8("unclosed-row.md", pipes([HEAD]) + "| --- | --- | --- |\n| 甲 | 10.50 | 1.10\n乙 | 20.25 | 2.20 |\n| 合计 | 31.75 | 3.30 \\|\n| 丁 | `1|2` | 4\\")
    yield utf8("html.md", HTML)
    yield utf8("deep.md", "<table><tr><td>" * 1000 + "1.00" + "</td></tr></table>" * 500)
    yield utf8("formulas.txt", FORMULAS)
    yield utf8("wide.txt", CAPTION + tabs([["项目", *(f"{at} 月" for at in range(1, 1999)), "合计"], ["甲", *["1"] * 1998, "1999"]]))
    yield utf8("long.txt", CAPTION + tabs([HEAD, ["甲", "9" * 5000, "0." + "3" * 5000], ["乙" * 2000, "1e999999999", "1e-999999999"], ["丙", "-" * 2000, "," * 2000], ["合计", "1" + ",000" * 500, "1" + "%" * 500]]))
    yield utf8("cut.txt", TABLE + "\f" + tabs([HEAD, *ROWS[1:]]) + "- 7 -\n\f\n\f" + tabs([HEAD]) + "\f" + tabs(ROWS[:1]) + "本年预算为 10\n\n- 8 -\n\n.50 万元，决算为 1\f.10 万元\n")
    yield "gb18030.txt", TABLE.replace("甲", "甲㐀\U00020bb7").encode("gb18030")
    yield "utf-16le.txt", b"\xff\xfe" + TABLE.replace("甲", "甲\U00020bb7").encode("utf-16-le")
    yield "utf-16be.txt", b"\xfe\xff" + TABLE.encode("utf-16-be")
    yield "utf-16-odd.txt", b"\xff\xfe" + TABLE.encode("utf-16-le") + b"\x00\xd8\n"
    yield "utf-8-bom.txt", b"\xef\xbb\xbf" + TABLE.encode("utf-8")
    yield "no-encoding.txt", TABLE.encode("utf-8").replace("乙".encode(), b"\xff\xfe\xc0\x80\xed\xa0\x80\x81")


def main(arguments):
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    wrong, size = 0, 0
    for name, written in files():
        path, size = HERE / name, size + len(written)
        if not arguments:
            path.write_bytes(written)
        elif not path.exists() or path.read_bytes() != written:
            wrong += 1
            print(f"{name} is not what {Path(__file__).name} writes", file=sys.stderr)
    if size > 150_000:
        raise SystemExit(f"too large: {size} bytes")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
