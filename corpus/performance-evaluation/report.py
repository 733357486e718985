#!/usr/bin/env python3
"""Write a made report around the figures of a case, as plain text and as Markdown.

    python3 report.py            writes retold.txt and retold.md of every case in CASES
    python3 report.py --check    writes nothing; fails if the files are not what it would write
    python3 report.py --unused   lists the figures of figures.json that no report shows

The prose is made up; the figures, captions, labels and titles are those of figures.json, each
taken by its path, so that a clean twin comes from the same text. A digit that is written here
and is no number of a heading, a table, a page, a code or a document is refused.

Exit status: 0 if all is well, 1 if not, 2 for bad usage. Python 3 standard library only.
"""
import html
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CASES = ["shuozhou-2019", "shuozhou-2019-clean"]

# --- figures -----------------------------------------------------------------------------

# What the script asks about and never prints stays bare; everything else is marked as taken.
BARE = {"$schema", "$at", "code", "indicator", "form", "side", "rounded", "fund", "class", "basis", "group", "asset"}
OPEN, THEN, CLOSE = "\ue000", "\ue002", "\ue001"
MARKED = re.compile(f"{OPEN}(\\d+){THEN}(.*?){CLOSE}", re.S)
# Numbers that may be written here: of documents, tables, annexes, headings, pages, codes, names.
LAYOUT = re.compile(r"〔20\d\d〕\s?\d+ 号|[表图] ?\d-\d+|附件 ?\d|[A-D]\d{1,3} |^[（(]?\d+[）).]|Q\d+:|PM2\.5|×100%|\^3|\.{5}\d+$")


class Figures:
    """The tree of a figures.json with every value marked, so that its use can be followed."""

    def __init__(self, case):
        self.paths, self.used = [], set()
        tree = json.loads((HERE / case / "figures.json").read_text(encoding="utf-8"))
        self.tree = self.mark(tree, "")

    def mark(self, node, path):
        if isinstance(node, dict):
            if "value" in node:
                return self.mark(node["value"], path)
            return {key: value if key in BARE else self.mark(value, f"{path}/{key}") for key, value in node.items()}
        if isinstance(node, list):
            return [self.mark(each, f"{path}/{at}") for at, each in enumerate(node)]
        if node is None or isinstance(node, bool):
            return node or ""
        self.paths.append((path, node))
        return f"{OPEN}{len(self.paths) - 1}{THEN}{node}{CLOSE}"

    def take(self, text):
        """The text as printed. Counts what it takes and refuses a figure that was typed."""
        self.used.update(int(match.group(1)) for match in MARKED.finditer(text))
        typed = LAYOUT.sub("", MARKED.sub("", text))
        if re.search(r"\d", typed):
            raise SystemExit(f"a figure that is not taken by path: {typed}")
        return MARKED.sub(r"\2", text)

    def fill(self, text, base=None):
        """Replaces `{a.b.0}` by the value there: in `base`, else in the tree. `{s7.x}` is in the
        statement 7, `{f2.x}` in the formula 2, `{q0.x}` in the quantity 0 of `base`."""
        def value(match):
            first, *rest = match.group(1).split(".")
            lists = {"s": self.tree["statements"], "f": self.tree["rates"]["formulas"]}
            lists["q"] = base.get("quantities", []) if isinstance(base, dict) else []
            if re.fullmatch(r"[sfq]\d+", first):
                node = lists[first[0]][int(first[1:])]
            else:
                node = base[first] if isinstance(base, dict) and first in base else self.tree[first]
            for key in rest:
                node = node[int(key)] if isinstance(node, list) else node[key]
            return "、".join(node) if isinstance(node, list) else node
        return re.sub(r"\{([a-z][\w.]*)\}", value, text)


def plain(text):
    """A value of the tree without its mark, to be asked about."""
    return MARKED.sub(r"\2", text)


# --- blocks ------------------------------------------------------------------------------

class Cell:
    """A cell that spans, has several items, or looks different in plain text."""

    def __init__(self, text, cols=1, rows=1, tags=None):
        self.text, self.cols, self.rows, self.tags = text, cols, rows, tags


class Table:
    """Rows of cells as in HTML: a place that a span covers is not written down. `header` is how
    many rows head it. For plain text only: `page` = the row before which a page ends, `cut` =
    (row, column, words): the page ends inside this row, before these words of this cell;
    `lost` = the row that has lost the cell that spans into it; `blank` only names a row for the
    list of damage."""

    def __init__(self, caption, rows, header=1, unit="", page=None, cut=None, lost=None, blank=None, notes=()):
        self.caption, self.rows, self.header, self.unit = caption, rows, header, unit
        self.page, self.cut, self.lost, self.blank, self.notes = page, cut, lost, blank, notes

    def grid(self):
        """Row by row (cell or None where a span covers), all of one width."""
        covered, grid = {}, []
        for at, row in enumerate(self.rows):
            line, column, cells = [], 0, list(row)
            while cells or (at, column) in covered:
                if (at, column) in covered:
                    line.append(None)
                    column += 1
                    continue
                cell = cells.pop(0)
                cell = cell if isinstance(cell, Cell) else Cell(cell)
                for down in range(cell.rows):
                    for right in range(cell.cols):
                        covered[at + down, column + right] = True
                line.append(cell)
                line += [None] * (cell.cols - 1)
                column += cell.cols
            grid.append(line)
        widths = {len(line) for line in grid}
        assert len(widths) == 1, (self.caption, [len(line) for line in grid])
        return grid

    def spans(self):
        return any(isinstance(cell, Cell) and cell.cols * cell.rows > 1 for row in self.rows for cell in row)


class Heading:
    def __init__(self, level, text):
        self.level, self.text = level, text


class Text:
    """A paragraph. For plain text only: `\\f` in it is a page's end with a form feed, `⁂` one
    with the number of the page, `‖` one that leaves an empty line. `**` is bold."""

    def __init__(self, text, tight=False):
        self.text, self.tight = text, tight


# --- plain text --------------------------------------------------------------------------

def as_text(figures, blocks):
    lines, damage, page = [], [], iter(range(6, 99))

    def say(line=""):
        if line or (lines and lines[-1]):
            lines.append(line)

    def hurt(what, at=None):
        damage.append((at or len(lines), what))

    def row(cells, drop=False):
        texts = []
        for cell in cells:
            if cell is None:
                texts.append("")
            elif cell.tags == "p":
                texts.append("".join(f"<p>{figures.take(each)}</p>" for each in cell.text))
            elif isinstance(cell.text, list):
                texts.append((cell.tags or " ").join(map(figures.take, cell.text)))
            else:
                texts.append(figures.take(cell.text))
        return "\t".join(texts[1:] if drop else texts)

    for block in blocks:
        if isinstance(block, Heading):
            say()
            say(figures.take(block.text))
            say()
        elif isinstance(block, Text):
            pieces = re.split("([\f⁂‖])", block.text.replace("**", ""))
            say(figures.take(pieces[0]))
            for mark, piece in zip(pieces[1::2], pieces[2::2]):
                if mark == "\f":
                    hurt("a sentence cut by a page: a form feed", len(lines) + 1)
                    say("\f" + figures.take(piece))
                    continue
                say()
                if mark == "⁂":
                    hurt("a sentence cut by a page: the number of the page", len(lines) + 1)
                    say(f"- {next(page)} -")
                    say()
                else:
                    hurt("a sentence cut by a page: an empty line", len(lines))
                say(figures.take(piece))
            if not block.tight:
                say()
        else:
            grid = block.grid()
            head = [row(line) for line in grid[:block.header]]
            say()
            say(figures.take(block.caption))
            if block.unit:
                say(f"单位：{figures.take(block.unit)}")
            say()
            lines.extend(head)
            for at, line in enumerate(grid[block.header:], block.header):
                tags = {cell.tags for cell in line if cell and cell.tags}
                if block.page == at:
                    hurt("a table cut by a page, inside spans; its header repeated", len(lines) + 2)
                    lines.extend(["", *head])
                if block.lost == at:
                    hurt("a row that has lost its first cell, into which a span reaches", len(lines) + 1)
                if block.blank == at:
                    hurt("a label that spans rows, blank in this one", len(lines) + 1)
                if tags & {"p", "<br>"}:
                    hurt("a cell with tags", len(lines) + 1)
                if "$" in "".join(cell.text for cell in line if cell and isinstance(cell.text, str)):
                    hurt("a unit in LaTeX", len(lines) + 1)
                if block.cut and block.cut[0] == at:
                    _, column, words = block.cut
                    cells = row(line).split("\t")
                    first, second = cells[column].split(words, 1)
                    hurt("a row cut by a page: its second cell goes on after the header", len(lines) + 1)
                    rest = ["" for _ in cells]
                    cells[column], rest[column] = first, words + second
                    lines.append("\t".join(cells))
                    hurt("a table cut by a page; its header repeated", len(lines) + 2)
                    lines.extend(["", *head, "\t".join(rest)])
                    continue
                lines.append(row(line, block.lost == at))
            if block.notes:
                say()
            for note in block.notes:
                say(figures.take(note))
            say()
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines) + "\n", damage


# --- Markdown ----------------------------------------------------------------------------

def as_markdown(figures, blocks):
    lines = []

    def inner(cell, escape):
        items = cell.text if isinstance(cell.text, list) else [cell.text]
        return "<br>".join(escape(figures.take(each)) for each in items)

    for block in blocks:
        if isinstance(block, Heading):
            lines += [""] * lines[-1:][0].endswith("  ") if lines else []
            lines.append(f"{'#' * block.level} {figures.take(block.text)}\n")
        elif isinstance(block, Text):
            text = figures.take(re.sub("[\f⁂‖]", "", block.text))
            lines.append(text + ("  " if block.tight else "\n"))
            continue
        else:
            if lines and lines[-1].endswith("  "):
                lines.append("")
            lines.append(f"**{figures.take(block.caption)}**\n")
            if block.unit:
                lines.append(f"单位：{figures.take(block.unit)}\n")
            grid = block.grid()
            if block.spans():
                lines.append("<table>")
                for at, row in enumerate(grid):
                    tag, cells = ("th" if at < block.header else "td"), []
                    for cell in filter(None, row):
                        spans = f' rowspan="{cell.rows}"' * (cell.rows > 1) + f' colspan="{cell.cols}"' * (cell.cols > 1)
                        cells.append(f"<{tag}{spans}>{inner(cell, lambda text: html.escape(text, quote=False))}</{tag}>")
                    lines.append(f"<tr>{''.join(cells)}</tr>")
                lines.append("</table>\n")
            else:
                for at, row in enumerate(grid):
                    lines.append("| " + " | ".join(inner(cell, lambda text: text.replace("|", "\\|")) for cell in row) + " |")
                    if at == 0:
                        lines.append("|" + " --- |" * len(row))
                lines.append("")
            for note in block.notes:
                lines.append(figures.take(note) + "\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"


# --- the report: words -------------------------------------------------------------------

CONTENTS = [
    ("摘要", 1), ("一、部门基本情况", 4), ("（一）机构与人员", 4), ("（二）资产状况", 6), ("（三）收支与预算执行", 8),
    ("（四）年度目标", 12), ("二、评价组织与方法", 16), ("三、评价结果", 20), ("四、指标逐项分析", 21), ("（一）履职效能", 21),
    ("（二）管理效率", 25), ("（三）社会效应", 30), ("（四）可持续性", 32), ("五、问题与建议", 33), ("附件", 36),
]

DUTIES = {  # what a unit does, by its number in the table of units
    "1": "承担全市生态环境领域的行政执法，督导县级执法队伍。", "2": "辐射源登记管理与辐射事故处置。",
    "3": "重点排污单位自动监控设施的运行与值守。", "4": "机房、网络与网站的日常保障。", "5": "环境课题研究与技术咨询。",
    "6": "面向社会的环保宣传和培训。", "7": "突发污染事件的远程会商与现场调度。", "8": "医疗废物的收运和无害化处置。",
    "9": "例行监测、监督性监测以及应急监测。",
}
OFFICES = [
    ("办公室", "文电会务、人事财务与资产。"), ("大气环境科", "大气与噪声污染防治。"), ("水污染防治科", "水环境管理和环评、许可审批。"),
    ("生态科", "土壤、固废、生态与核安全。"), ("生态环境执法科", "执法稽查、督察协调与应急。"),
]
TEAM = [("顾问", "甲", "把关方案与报告质量"), ("组长", "乙", "统筹全组工作"), ("副组长", "丙", "起草方案和报告"), ("成员", "丁", "复核数据"), ("", "戊", "现场核查"), ("", "己", "现场核查")]

# The items of the plans by their place in tasks.plans; `{q0.…}` is the group's quantity 0.
PLANS = [
    [
        ["PM2.5 年均浓度不高于 {q0.target}μg/m³；", "优良天数占 {q1.days_share}，即 {q1.target}。"],
        ["{q0.quantity} 个国省考断面中达到或好于 III 类的占比不低于 {q0.shares.0.target}；", "劣 V 类占比压减到 {q0.shares.1.target}；", "继续实施清河行动。"],
        ["督察交办问题按期整改；", "“散乱污”企业随查随清；", "市县建成区淘汰燃煤锅炉 {q0.target} 台、{q1.target} 蒸吨；", "治理柴油货车与散料运输车。"],
        ["查清企业用地和农用地土壤状况；", "排查涉镉等重金属企业；", "完成 {q0.target} 个农村环境综合整治任务。"],
    ],
    [
        ["市区清洁取暖覆盖率 {q0.target}，县城建成区改造 {q1.target} 户、覆盖率 {q2.target}，农村覆盖率 {q3.target} 以上；", "监测站点全部联网直传；", "{q4.target} 家重点企业完成 VOCs 治理；", "建成机动车遥感监测并三级联网；", "按月监测降尘量并公布；", "核发排污许可证；", "大型燃煤锅炉实现超低排放；", "对 {q5.target} 台 {q6.target} 蒸吨的燃煤锅炉做超低排放改造，对 {q7.target} 台 {q8.target} 蒸吨的燃气锅炉做低氮改造；", "深化工业炉窑治理。"],
        ["劣 V 类断面所在单元的企业废水提标；", "{q0.target} 个建制镇、{q1.target} 个村的污水设施建成投运；", "煤矿矿井水达标外排；", "排查整治入河排污口；", "{q2.target} 家规模养殖场配套粪污设施。"],
        ["落实土壤行动计划；", "申报“无废城市”试点；", "建立污染地块名录；", "委托开展用地土壤监测；", "非正规垃圾堆放点整治率 {q0.target}；", "{q1.target} 个项目完成土壤初步调查；", "{q2.target} 个高风险地块完成初步调查。"],
        ["{q0.quantity} 个断面的优良比例不低于 {q0.shares.0.target}、劣 V 类比例不高于 {q0.shares.1.target}；", "持续清河；", "重点行业废水与污水厂提标。"],
        ["督察问题整改到位；", "“散乱污”动态清零；", "淘汰燃煤锅炉 {q0.target} 台 {q1.target} 蒸吨；", "车辆与扬尘治理。"],
        ["土壤污染详查；", "涉重金属企业排查；", "{q0.target} 个村环境综合整治。"],
    ],
]

# What an indicator looks at, and the criteria of a rubric, by code.
LOOKS = {
    "A101": ("年度目标设定得是否有据、可行、落到人头", ["目标分解到岗到人", "与部门职责一致", "与中长期规划衔接"]),
    "A102": ("大气治理任务的完成程度", []), "A103": ("水污染治理任务的完成程度", []), "A104": ("土壤治理任务的完成程度", []),
    "A201": ("生态建设任务的完成程度", []), "A202": ("环境监管任务的完成程度", []), "A203": ("污染防治任务的完成程度", []),
    "A301": ("依法行政与执法监督的履职程度", ["有年度执法计划", "依法开展执法检查"]),
    "A302": ("基础管理制度的建设程度", ["有防治制度", "有监督管理制度", "有考核佐证"]),
    "B101": ("预算编制的依据与论证是否充分", ["符合职责和部署", "经过论证且有标准", "按要求编报", "无低效项目连年安排"]),
    "B102": ("预算调整的幅度", []), "B103": ("“三公经费”预算的变动幅度", []), "B201": ("预算资金的支出进度", []),
    "B202": ("年末结转结余的控制", []), "B203": ("重点项目的保障力度", []), "B204": ("运转成本的控制", []), "B205": ("“三公经费”的控制", []),
    "B301": ("绩效目标是否有据、是否相符", ["依据充分", "符合职责", "符合规划"]),
    "B302": ("绩效指标是否清晰可量", ["指标完整贴切", "指标值可衡量"]), "B303": ("项目绩效自评的覆盖面", []),
    "B401": ("财务制度是否齐备", ["有资金管理制度", "制度合规完整", "有财务监督办法"]),
    "B402": ("资金使用是否合规", ["符合财经法规", "审批手续齐全", "重大开支经过论证", "用途符合批复", "存在截留挪用等情形", "核算规范"]),
    "B501": ("资产制度是否齐备", ["有资产管理制度", "制度合规完整"]),
    "B502": ("资产是否安全完整", ["保存完整", "配置合理", "处置规范", "账实相符", "收益及时上缴"]),
    "B601": ("政府采购预算的执行程度", []), "B602": ("预决算信息是否按规定公开", ["内容合规", "时限合规"]),
    "C101": ("环保宣传教育是否开展", []), "C102": ("居民生活质量是否改善", []), "C201": ("集中式饮用水水源水质", []),
    "C202": ("细颗粒物年均浓度", []), "C203": ("全年优良天数", []), "C204": ("空气综合质量指数", []),
    "C301": ("受益群众的评价", []), "C302": ("管理对象的评价", []),
    "D101": ("体制机制改革的进展", ["按要求完成改革", "改革促进履职"]), "D201": ("人才培养的支撑", ["有培训计划", "按计划开展培训"]),
}

DONE = "完成率=（实际完成工作数/计划工作数）×100%=（{%s.tasks_done}/{%s.tasks_planned}）×100%%={%s.result}"
AIR = ("全市清洁取暖改造 {A1.quantity} 户，按方式看，集中供热 {A1.parts.0.quantity} 户、煤改电 {A1.parts.1.quantity} 户、煤改气 {A1.parts.2.quantity} 户、其他方式 {A1.parts.3.quantity} 户；"
       "{A2.quantity} 台检测站点联网；{A3.quantity} 家企业做了 VOCs 治理；尾气遥感监测系统装了 {A4.quantity} 处，检测车辆 {A5.quantity} 辆/次，抓拍黑烟车 {A6.quantity} 辆，查处苫盖问题 {A7.quantity} 起、超标排放 {A8.quantity} 起；"
       "排污许可证发放 {A9.quantity} 家；{A10.quantity} 台燃煤锅炉实现超低排放，{A11.quantity} 台燃气锅炉列入低氮改造；需改造的工业窑炉 {A12.quantity} 座，治理完成 {A12.parts.0.quantity} 座、长期停产 {A12.parts.1.quantity} 座，另有{A12.parts.2.label}完成产能置换、{A12.parts.3.label}待搬迁；"
       "列入淘汰的工业锅炉 {A13.quantity} 座，已淘汰 {A13.parts.0.quantity} 座、停产 {A13.parts.1.quantity} 座")
WATER = ("{A1.quantity} 座城市污水厂提标，新建污水厂 {A2.quantity} 个，保温提效 {A3.quantity} 个、扩容 {A4.quantity} 个，企业自建处理项目 {A5.quantity} 个；{A6.quantity} 个村庄建成生活污水处理设施；"
         "摸排入河口 {A7.quantity} 个；{A8.quantity} 家规模养殖场建成粪污设施，设施配套率 {A9.result}")
RIVER = ("国考断面 {A0.quantity} 个、省考断面 {A1.quantity} 个，优良断面比例 {A2.result}，劣 V 类断面比例 {A3.result}；“四水共治”{A4.quantity} 项任务办结；{A5.quantity} 家规模养殖场的粪污设施配套率 {A6.result}")
WATCH = ("中央环保督察反馈任务 {A1.tasks_planned} 项，完成 {A1.tasks_done} 项，尚余 {A1.tasks_open} 项，其中长期坚持 {A1.parts.0.tasks_open} 项、分年度推进 {A1.parts.1.tasks_open} 项；省级督察任务 {A2.tasks_planned} 项，完成 {A2.tasks_done} 项，推进中 {A2.tasks_open} 项；"
         "停产改造的“散乱污”企业 {A3.quantity} 家，完成改造 {A3.parts.0.quantity} 家、停产 {A3.parts.1.quantity} 家；淘汰燃煤锅炉 {A4.quantity} 台、{A5.quantity} 蒸吨；淘汰老旧燃气车辆 {A6.quantity} 台、营运柴油货车 {A7.quantity} 辆")
SOIL = ("采集 {A1.quantity} 个地块的信息并建档，{A2.quantity} 个地块通过风险筛查；{A3.quantity} 个县（市、区）列出污染源清单，{A4.quantity} 家企业编制涉重金属整治方案；{A5.quantity} 个村完成环境综合整治")
LAW = "全年查处环境违法案件 {A0.quantity} 件，其中罚款案件 {A1.quantity} 件、四类典型案件 {A2.quantity} 件、市级查处 {A3.quantity} 件"


def shift(text, first):
    """The statements `{A0.…}`, `{A1.…}` of a text counted from `first`."""
    return re.sub(r"\{A(\d+)\.", lambda match: f"{{s{first + int(match.group(1))}.", text)


def done(at):
    return DONE.replace("%s", f"s{at}").replace("%%", "%")


# code: (words, number of the statement of the score); `{%}` is the formula's place.
ANALYSIS = {
    "A101": ("目标有文件支撑，也与职责相称，只是责任没有分解到具体人员", 51),
    "A102": ("全年应完成 {s52.tasks_planned} 项任务。" + shift(AIR, 52) + "。降尘量监测没有开展，农村清洁取暖的佐证材料也未见到。大气污染治理" + done(66), 67),
    "A103": ("全年应完成 {s68.tasks_planned} 项任务。" + shift(WATER, 68) + "。水污染治理" + done(78), 79),
    "A104": ("全年应完成 {s80.tasks_planned} 项任务。非正规垃圾堆放点整治率 {s81.result}；{s82.target} 个土壤初步调查项目、{s83.target} 个高风险地块的调查因招标偏晚而未完成。土壤治理" + done(84), 85),
    "A201": (shift(RIVER, 86) + "。生态建设" + done(93), 94),
    "A202": ("全年应完成 {s95.tasks_planned} 项任务。" + shift(WATCH, 95) + "。环境监管" + done(103), 104),
    "A203": ("全年应完成 {s105.tasks_planned} 项任务。" + shift(SOIL, 105) + "。污染防治" + done(111), 112),
    "A301": (shift(LAW, 113), 117), "A302": ("防治方面的制度已有，监督考核的材料不全", 118),
    "B101": ("预算由各科室上报、集体研究后编成，有标准可循", 120),
    "B102": ("年初预算 {s121.initial_budget} 万元，年中调整为 {s121.adjusted_budget} 万元；调整源自上级临时交办，予以剔除。预算调整率=（预算调整数/预算数）×100%=（{f0.adjustment_counted}/{f0.initial_budget}）×100%={f0.budget_adjustment_rate}，满足目标值{s122.target}的要求", 123),
    "B103": ("“三公”经费预算数，{year} 年为 {s124.three_public_total} 万元，{budget.years.0.year} 年为 {s125.three_public_total} 万元。“三公经费”变动率=（本年度“三公经费”总额-上年度“三公经费”总额）/上年度“三公经费”总额×100%=（{f1.three_public_total}-{f1.prior.three_public_total}）/{f1.prior.three_public_total}×100%={f1.three_public_change_rate}", 126),
    "B201": ("实际到位资金 {s127.funds_in_place} 万元，实际支出资金 {s127.funds_spent} 万元；跨年项目顺延支付，计分时支出按 {s127.funds_spent_counted} 万元认定。预算执行率=（实际支出资金/实际到位资金）×100%=({f2.funds_spent}/{f2.funds_in_place})×100%={f2.execution_rate}", 128),
    "B202": ("年末结转结余 {s129.closing_balance} 万元，调整后预算数 {s129.adjusted_budget} 万元；其中结转 {s129.carried_forward} 万元属跨年项目，结余 {s129.surplus} 万元属招标节约，不计跨年项目后为 {s129.closing_balance_counted} 万元。结转结余率=结转结余总额/调整后预算数×100%={f3.closing_balance_counted}/{f3.adjusted_budget}×100%={f3.carryover_rate}", 130),
    "B203": ("重点项目支出 {s131.key_project_expenditure} 万元，项目总支出 {s132.project_expenditure} 万元。重点支出安排率=（重点项目支出/项目总支出）×100%=（{f4.key_project_expenditure}/{f4.project_expenditure}）×100%={f4.key_expenditure_rate}", 133),
    "B204": ("公用经费预算数 {s134.operating_expenditure} 万元，决算数 {s135.operating_expenditure} 万元，超出预算。公用经费控制率=公用经费决算数/预算数×100%=（{f5.operating_expenditure}/{f5.budget.operating_expenditure}）×100%={f5.operating_control_rate}", 136),
    "B205": ("“三公经费”预算数 {s137.three_public_total} 万元，决算数 {s138.three_public_total} 万元。“三公经费”控制率=“三公经费”决算数/预算数×100%={f6.three_public_total}/{f6.budget.three_public_total}×100%={f6.three_public_control_rate}", 139),
    "B301": ("所定目标与职责、规划都能对应", 140), "B302": ("指标大体覆盖全年工作，个别效益指标写成了口号，无从衡量", 141),
    "B303": ("报送绩效目标表的项目 {s142.projects_with_targets} 项，交来自评表的 {s142.projects_self_evaluated} 项。项目支出绩效自评完成率=（完成绩效自评项目数量/{SIX_NAME}）×100%=（{f7.projects_self_evaluated}/{SIX}）×100%={f7.self_evaluation_rate}", 143),
    "B401": ("收支、采购、合同各有制度，唯独缺少财务监督办法", 144), "B402": ("抽查凭证未见截留、挤占、挪用", 145),
    "B501": ("资产从采购到报废均有规定", 146), "B502": ("卡片与实物相符，处置经过审批", 147),
    "B601": ("政府采购调整预算数 {s148.procurement} 万元，实际采购 {s149.procurement} 万元。政府采购执行率=（实际政府采购金额/政府采购调整预算数）×100%=（{f8.procurement}/{f8.budget.procurement}）×100%={f8.procurement_execution_rate}", 150),
    "B602": ("预算于 {s151.date}公开，决算于 {s152.date}公开", 153),
    "C101": ("结合环境日等节点办了多场宣传", 155),
    "C102": ("问卷里有 {s157.option_share} 的居民感到生活质量{s157.label}，{s158.option_share} 认为{s158.label}", 156),
    "C201": ("列入考核的市级集中式饮用水水源地 {s159.quantity} 个、县级 {s160.quantity} 个，监测通报显示市级 {s161.quantity} 个、县级 {s162.quantity} 个全部达标", 163),
    "C202": ("目标为 {s164.target}μg/m³，实测 {s164.result}μg/m³，超出 {s164.deviation}μg/m³，较上年上升 {s164.growth}", 165),
    "C203": ("目标为 {s166.target}，实有 {s166.result}，占全年的 {s166.days_share}，与目标相差 {s166.deviation}", 167),
    "C204": ("{s168.year} 年指数为 {s168.result}，{year} 年降至 {s169.result}", 170),
    "C301": ("受益群众的综合满意度为 {s171.result}", 171), "C302": ("管理对象的综合满意度为 {s172.result}", 172),
    "D101": ("垂直管理改革按期到位，运转顺畅", 174), "D201": ("有队伍建设的规定，没有成文的培训计划", 175),
}
# The same for the sheet of the annex, in fewer words.
SHEET = {
    "A101": ("责任未分解到人", 181), "A102": ("任务 {s182.tasks_planned} 项。" + shift(AIR, 182) + "。" + done(196), 197),
    "A103": ("任务 {s198.tasks_planned} 项。" + shift(WATER, 198) + "。" + done(208), 209),
    "A104": ("任务 {s210.tasks_planned} 项。整治率 {s211.result}；{s212.target} 个项目和 {s213.target} 个地块的调查未完成。" + done(214), 215),
    "A201": (shift(RIVER, 216) + "。" + done(223), 224), "A202": ("任务 {s225.tasks_planned} 项。" + shift(WATCH, 225) + "。" + done(233), 234),
    "A203": ("任务 {s235.tasks_planned} 项。" + shift(SOIL, 235) + "。" + done(241), 242),
    "A301": (shift(LAW, 243), 247), "A302": ("监督考核材料不全", 248), "B101": ("编制合规", 249),
    "B102": ("由 {s250.initial_budget} 万元调整为 {s250.adjusted_budget} 万元，剔除上级交办。预算调整率=（{f9.adjustment_counted}/{f9.initial_budget}）×100%={f9.budget_adjustment_rate}，目标值{s251.target}", 252),
    "B103": ("{s253.year} 年预算 {s253.three_public_total} 万元，{s254.year} 年预算 {s254.three_public_total} 万元。变动率=（{f10.three_public_total}-{f10.prior.three_public_total}）/{f10.prior.three_public_total}×100%={f10.three_public_change_rate}", 255),
    "B201": ("到位 {s256.funds_in_place} 万元，支出 {s256.funds_spent} 万元，按 {s256.funds_spent_counted} 万元计。预算执行率=（{f11.funds_spent_counted}/{f11.funds_in_place}）×100%={f11.execution_rate}", 257),
    "B202": ("结转结余 {s258.closing_balance} 万元，调整后预算 {s258.adjusted_budget} 万元，结转 {s258.carried_forward} 万元，结余 {s258.surplus} 万元，按 {s258.closing_balance_counted} 万元计。结转结余率={f12.closing_balance_counted}/{f12.adjusted_budget}×100%={f12.carryover_rate}", 259),
    "B203": ("项目总支出 {s260.project_expenditure} 万元，重点项目支出 {s261.key_project_expenditure} 万元。重点支出安排率=（{f13.key_project_expenditure}/{f13.project_expenditure}）×100%={f13.key_expenditure_rate}", 262),
    "B204": ("公用经费预算数 {s263.operating_expenditure} 万元，决算数 {s264.operating_expenditure} 万元。公用经费控制率=（{f14.operating_expenditure}/{f14.budget.operating_expenditure}）×100%={f14.operating_control_rate}", 265),
    "B205": ("预算数 {s266.three_public_total} 万元，决算数 {s267.three_public_total} 万元。“三公经费”控制率={f15.three_public_total}/{f15.budget.three_public_total}×100%={f15.three_public_control_rate}", 268),
    "B301": ("目标相符", 269), "B302": ("个别指标不可衡量", 270),
    "B303": ("目标表 {s271.projects_with_targets} 项，自评 {s271.projects_self_evaluated} 项。自评完成率=（{f16.projects_self_evaluated}/{SIX_AGAIN}）×100%={f16.self_evaluation_rate}", 272),
    "B401": ("缺财务监督办法", 273), "B402": ("抽查合规", 274), "B501": ("制度齐备", 275), "B502": ("账实相符", 276),
    "B601": ("调整预算数 {s277.procurement} 万元，实际采购 {s278.procurement} 万元。政府采购执行率=（{f17.procurement}/{f17.budget.procurement}）×100%={f17.procurement_execution_rate}", 279),
    "B602": ("预算 {s280.date}公开，决算 {s281.date}公开", 282), "C101": ("已开展", 283),
    "C102": ("{s284.label}占 {s284.option_share}，{s286.label}占 {s286.option_share}", 285),
    "C201": ("市级 {s291.quantity} 个、县级 {s292.quantity} 个列入考核，市级 {s293.quantity} 个、县级 {s294.quantity} 个达标", 295),
    "C202": ("目标 {s297.target}μg/m³，实测 {s297.result}μg/m³，超出 {s297.deviation}μg/m³，上升 {s297.growth}", 298),
    "C203": ("目标 {s300.target}，实有 {s300.result}，占 {s300.days_share}，相差 {s300.deviation}", 301),
    "C204": ("{s303.year} 年 {s303.result}，{year} 年 {s304.result}", 305), "C301": ("满意度 {s306.result}", 306),
    "C302": ("满意度 {s307.result}", 307), "D101": ("改革到位", 308), "D201": ("缺培训计划", 309),
}
# What the sheet's column of explanations quotes, where it quotes figures.
EXPLAINED = {
    "C201": "考核市级水源地 {s287.quantity} 个、县级水源地 {s288.quantity} 个的水质", "C202": "年均浓度控制在 {s296.target}μg/m³ 以内",
    "C203": "优良天数达到 {s299.target}以上", "C204": "与 {s302.year} 年的 {s302.result} 相比持平或下降",
}
RULED = {"C201": "市级 {s289.quantity} 个、县级 {s290.quantity} 个水源地达到目标得满分，否则不得分。"}
BARE_WEIGHT = {"B2", "B3"}  # labels whose weight has no unit


# --- the report: blocks ------------------------------------------------------------------

def scored(at):
    weight = "该项指标满分 {s%d.weight} 分" % at
    return lambda statement: weight + ("，实际得分 {s%d.score} 分，得分率 {s%d.scoring_rate}。" % (at, at) if "score" in statement else "，全部得到。")


def labelled(row, unit=True):
    """`A1 工作目标 (8 分)`."""
    weight = f" ({row['weight']}{'' if row['code'] in BARE_WEIGHT else ' 分'})" if "weight" in row and unit else ""
    return f"{row['code']} {row['label']}{weight}"


def value(row, which):
    """The target or the result of an indicator."""
    return row.get(which, row.get(f"{which}_text", "")) + (plain(row["unit"]) if which in row and "unit" in row else "")


def rule(figures, row):
    """The rule by which an indicator is scored, in words."""
    code, rules = row["code"], row.get("rule")
    if code in RULED:
        return figures.fill(RULED[code])
    if not rules:
        texts, items = LOOKS[code][1], []
        for part in row["rubric"]:
            marks = [(mark, texts["①②③④⑤⑥".index(plain(mark))]) for mark in part["criteria"]]
            items += [f"{mark}{text}" + (f"，得 {part['rubric_share']} 权重分" if len(marks) == 1 else "") + "；" for mark, text in marks]
            if len(marks) > 1:
                items.append(f"以上各占 {part['rubric_share']} 权重分。")
        return items + [f"{mark}{texts['①②③④⑤⑥'.index(plain(mark))]}的，扣除全部权重分。" for mark in row.get("veto", [])]
    if rules["form"] == "proportional":
        return f"达到 {rules['full_at']} 得满分，否则按实际值乘以权重计分。"
    if rules["form"] == "stairs":
        words = []
        for stair in rules["stairs"]:
            got = f"得 {stair['rubric_share']} 权重分" if "rubric_share" in stair else "得满分" if not words else "不得分"
            words.append(f"{stair['range_from']} 的居民认为{stair['label']}{got}")
        return "，".join(words) + "。"
    if rules["form"] == "all-or-nothing":
        if "full_at" not in rules:
            return "完成得满分，未完成不得分。"
        return f"{'不高于' if rules['side'] == 'over' else '不低于'} {rules['full_at']} 得满分，否则不得分。"
    words = f"{rules['full_at']} 得满分" if "full_at" in rules else "不超过目标值得满分"
    words += f"，{rules['zero_at']} 及以下不得分" if "zero_at" in rules else ""
    words += f"，每{'超出' if rules['side'] == 'over' else '降低'} {rules['step']} 扣 {rules['step_share']} 权重分"
    return words + ("，不足一档的四舍五入" if "rounded" in rules else "") + "，扣完为止。"


def staffing_table(table):
    rows = [["序号", Cell("单位名称", cols=2), "编制", "实有", "临时工"]]
    for at, row in enumerate(table["rows"]):
        numbers = [row["posts_authorized"], row["staff_in_post"], row["staff_temporary"]]
        if "index" not in row:
            rows.append([row["position"], *numbers])
        elif "position" in row:
            rows.append([Cell(row["index"], rows=2), Cell(row["label"], rows=2), row["position"], *numbers])
        else:
            rows.append([row["index"], Cell(row["label"], cols=2), *numbers])
    total = table["total"]
    rows.append([Cell(total["label"], cols=3), total["posts_authorized"], total["staff_in_post"], total["staff_temporary"]])
    return Table(table["caption"], rows, unit=table["unit"])


POSTS = [("posts_administrative", "行政编制"), ("posts_worker", "工勤编制"),
         ("posts_institution_self", "自收自支事业编制"), ("posts_institution_funded", "全额事业编制")]
STAFF = [("staff_administrative", "行政编制"), ("staff_worker", "工勤编制"),
         ("staff_institution_self", "自收自支事业编制"), ("staff_institution_funded", "全额事业编制"), ("staff_temporary", "临时工")]


def staffing_detail(entity, detail):
    rows = [
        [Cell("序号", rows=2), Cell("单位名称", rows=2), Cell("编制人员情况", cols=4), Cell("合计", rows=2), Cell("实际在职人员情况", cols=5), Cell("合计", rows=2)],
        [label for _, label in POSTS + STAFF],
    ]
    for row in detail["rows"] + [detail["total"]]:
        rows.append([row.get("index", ""), row["label"], *(row["posts"][key] for key, _ in POSTS), row["posts"]["posts_authorized"],
                     *(row["staff"][key] for key, _ in STAFF), row["staff"]["staff_total"]])
    return Table(f"{entity}人员情况表", rows, header=2, unit=detail["unit"])


YEAR = [("opening_balance", "年初结转结余数"), ("initial_budget", "年初预算数"), ("adjustment", "预算调整数"), ("adjusted_budget", "调整后预算"),
        ("revenue", "收入决算数"), ("expenditure", "支出决算数"), ("closing_balance", "年末结转结余数")]


def budget_year(year, source):
    rows = [[Cell("分类", cols=2, rows=2), Cell(f"{year['year']} 年", cols=7)], [label for _, label in YEAR]]
    for group in year["groups"]:
        for at, line in enumerate(group["lines"]):
            first = [Cell(group["label"], rows=len(group["lines"]))] if at == 0 else []
            rows.append([*first, line["label"], *(line[key] for key, _ in YEAR)])
        rows.append([Cell(group["subtotal"]["label"], cols=2), *(group["subtotal"][key] for key, _ in YEAR)])
    rows.append([Cell(year["total"]["label"], cols=2), *(year["total"][key] for key, _ in YEAR)])
    return Table(year["caption"], rows, header=2, unit=year["unit"], notes=[f"数据来源：{source}"])


INITIAL = ["personnel_expenditure", "operating_expenditure", "project_expenditure", "expenditure"]


def initial_budget(initial):
    rows = [[Cell("预算单位", rows=2), Cell("基本支出", cols=2), Cell("项目支出", rows=2), Cell("合计", rows=2)], ["人员经费", "公用经费"]]
    rows += [[line["label"], *(line[key] for key in INITIAL)] for line in initial["lines"] + [initial["total"]]]
    return Table(initial["caption"], rows, header=2, unit=initial["unit"])


def ledger(ledger):
    rows = [["序号", "文件", "文件号", "下达日期", "到位金额"]]
    rows += [[row["index"], row["title"], row["document_number"], row["document_date"], row["allocation_amount"]] for row in ledger["rows"]]
    rows.append([ledger["total"]["label"], "", "", "", ledger["total"]["allocation_amount"]])
    return Table(ledger["caption"], rows, unit=ledger["unit"], cut=(11, 1, "土壤污染防治"))


def groups_of(rows, key):
    """Runs of rows that agree in `key`: (row, how many the run holds if the row is its first)."""
    words = [plain(row[key]) for row in rows]
    for at, row in enumerate(rows):
        run = next((to for to in range(at, len(rows)) if words[to] != words[at]), len(rows)) - at
        yield row, 0 if at and words[at - 1] == words[at] else run


def projects(projects):
    rows = [["序号", "项目种类", "项目名称", "支出金额", "资金占比", "备注"]]
    for row, run in groups_of(projects["rows"], "category"):
        first = [Cell(row["category"], rows=run)] if run else []
        rows.append([row["index"], *first, row["label"], row["project_amount"], row["project_share"], "重点项目支出" if row.get("key_project") else ""])
    total = projects["total"]
    rows.append([Cell(total["label"], cols=3), total["project_amount"], total["project_share"], ""])
    return Table(projects["caption"], rows, unit=projects["unit"])


THREE = [("overseas_travel", "因公出国（境）费"), ("reception", "公务接待费"), ("vehicles_cost", "公务用车购置及运行维护费"),
         ("vehicle_purchase", "①公务用车购置费"), ("vehicle_running", "②公务用车运行维护费"), ("three_public_total", "合计")]


def three_public(table):
    columns = table["columns"]
    rows = [[Cell("项目", rows=2), Cell(f"{columns[0]['year']} 年", cols=2), Cell(f"{columns[2]['year']} 年", cols=2)], ["预算数", "决算数"] * 2]
    rows += [[label, *(column[key] for column in columns)] for key, label in THREE]
    return Table(table["caption"], rows, header=2, unit=table["unit"])


def assets(entity, total, caption, unit):
    def walk(part):
        yield [part["label"], part.get("building_area", part.get("asset_quantity", "")), part["asset_value"]]
        for each in part.get("parts", []):
            yield from walk(each)
    rows = [row for part in total["parts"] for row in walk(part)]
    rows[0].insert(0, Cell(entity, rows=len(rows)))
    rows.append([Cell(total["label"], cols=2), total["asset_quantity"], total["asset_value"]])
    return Table(caption, [["单位名称", "资产类型", "数量", "金额"], *rows], unit=unit, notes=["数据来源：固定资产卡片、资产清查表"])


def additions(table, unit):
    rows = [["序号", "资金类别", "资产分类", "数量", "金额", "取得方式"]]
    for row, run in groups_of(table["rows"], "category"):
        first = [Cell(row["category"], rows=run)] if run else []
        last = [Cell(row["acquisition"], rows=len(table["rows"]))] if "acquisition" in row else []
        rows.append([row["index"], *first, row["label"], row["additions_quantity"], row["additions_value"], *last])
    total = table["total"]
    rows.append([Cell(total["label"], cols=3), total["additions_quantity"], total["additions_value"], ""])
    return Table(table["caption"], rows, unit=unit)


def summary(table):
    columns = table["sections"] + [table["total"]]
    rows = [["指标", *(f"{column['code']} {column['label']}" if "code" in column else column["label"] for column in columns)]]
    rows += [[label, *(column[key] for column in columns)] for key, label in [("weight", "权重"), ("score", "得分"), ("scoring_rate", "得分率")]]
    return Table(table["caption"], rows)


def score_table(table, dash, lost=None):
    section, = table["sections"]
    rows = [["二级指标", "三级指标", "权重", "目标值", "业绩值", "得分", "得分率"]]
    for group in section["groups"]:
        for at, row in enumerate(group["indicators"]):
            first = [Cell(labelled(group), rows=len(group["indicators"]))] if at == 0 else []
            rows.append([*first, labelled(row, unit=False), row["weight"], value(row, "target"), value(row, "result"), row["score"], row["scoring_rate"]])
            if row["code"] == lost:
                lost = len(rows) - 1
    rows.append([Cell(section["label"], cols=2), section["weight"], dash, dash, section["score"], section["scoring_rate"]])
    return Table(table["caption"], rows, lost=lost)


def sheet(figures, sheet, page):
    rows = [["一级指标", "二级指标", "三级指标", "权重", "目标值", "指标解释说明", "评分标准", "业绩值", "评分依据", "得分"]]
    for section in sheet["sections"]:
        count = sum(len(group["indicators"]) for group in section["groups"])
        for group in section["groups"]:
            for at, row in enumerate(group["indicators"]):
                first = [Cell(labelled(section), rows=count)] if at == 0 and group is section["groups"][0] else []
                first += [Cell(labelled(group), rows=len(group["indicators"]))] if at == 0 else []
                code = row["code"]
                basis = analysed(figures, SHEET, code)
                looks = figures.fill(EXPLAINED.get(code, "考核" + LOOKS[code][0])) + "。"
                if "quantities" in row:
                    plan = ["A102", "A103", "A104", "A201", "A202", "A203"].index(code)
                    looks = [looks, *items(figures, plan, row["tasks"], row)]
                scale = rule(figures, row)
                rows.append([*first, labelled(row, unit=False), row["weight"], value(row, "target"), spaced(looks),
                             spaced(scale), value(row, "result"), basis, row["score"]])
                if code == page:
                    page = len(rows) - 1
    total = sheet["total"]
    rows.append([Cell(total["label"], cols=3), total["weight"], "-", "-", "-", "-", "-", total["score"]])
    return Table(f"{figures.tree['entity']} {figures.tree['year']} 年部门整体支出绩效评价打分表", rows, page=page)


def spaced(text):
    return Cell(text) if isinstance(text, list) else text


def items(figures, group, marks, base, plan=1):
    texts = PLANS[plan][group]
    assert len(texts) == len(marks), (plan, group)
    return [f"{mark}{figures.fill(text, base)}" for mark, text in zip(marks, texts)]


def analysed(figures, words, code):
    text, at = words[code]
    for name, number in [("{SIX}", 7), ("{SIX_AGAIN}", 16)]:
        key = "project_count" if "project_count" in figures.tree["rates"]["formulas"][number] else "projects_with_targets"
        text = text.replace(name, "{f%d.%s}" % (number, key))
        # What the rate is of depends on the case: on all projects, or on those with targets.
        counted = {"project_count": "部门所有财政支出项目数量", "projects_with_targets": "设定绩效目标的项目数量"}
        text = text.replace(name.replace("}", "_NAME}"), counted[key])
    return figures.fill(f"{text}。{scored(at)(figures.tree['statements'][at])}")


def spanned(words, rows, at):
    """The cells of a row whose first word, if it is empty, is that of the row above."""
    run = next((to for to in range(at + 1, len(rows)) if rows[to][0]), len(rows)) - at
    return [Cell(words[0], rows=run), *words[1:]] if words[0] else words[1:]


REMARKS = [["考核办法", "考核办法", "政府工作报告", "政府工作报告"], ["", "", "", "重点工作", "重点工作", "重点工作"]]


def plan_table(figures, plan, at, last):
    rows = [["序号", "指标分类", "具体目标要求" if at == 0 else "年度目标值", last]]
    labels = [(group.get("label", ""),) for group in plan["groups"]]
    for number, group in enumerate(plan["groups"]):
        tags = {(0, 2): "<br>", (1, 0): "p"}.get((at, number))
        cell = Cell(items(figures, number, group["items"], group, at), tags=tags)
        rows.append([group["index"], *spanned(labels[number], labels, number), cell, REMARKS[at][number]])
    return Table(plan["caption"], rows, blank=2 if at == 0 else None)


def target_table(table, number):
    rows = [["序号", "效应目标", "年度目标值"]]
    for row in table["rows"]:
        target = value(row, "target")
        if "unit" in row:
            target = f"{row['target']} $\\mu\\text{{g}}/\\text{{m}}^3$" if number == 0 else row["target"] + plain(row["unit"])
        rows.append([row["index"], row["label"], target])
    return Table(table["caption"], rows)


def efficiency_targets(table, groups):
    rows, at = [["序号", "二级指标", "三级指标", "目标值"]], 0
    for group in groups:
        for first, _ in enumerate(group["indicators"]):
            row, run = table["rows"][at], len(group["indicators"])
            head = [Cell(row["index"], rows=run), Cell(group["label"], rows=run)] if first == 0 else []
            rows.append([*head, row["label"], value(row, "target")])
            at += 1
    return Table(table["caption"], rows)


BASE = [("three_public_total", "“三公”经费"), ("vehicles_cost", "1.公务用车购置和维护经费"), ("vehicle_purchase", "其中：公车购置"), ("vehicle_running", "公车运行维护"),
        ("overseas_travel", "2.因公出国"), ("reception", "3.公务接待"), ("project_expenditure", "项目支出"), ("capital_projects", "1.基本建设类项目"),
        ("administrative_projects", "2.行政事业类项目"), ("basic_expenditure", "基本支出"), ("personnel_expenditure", "1.人员经费"), ("operating_expenditure", "2.公用经费"),
        ("meeting_cost", "其中：会议费"), ("training_cost", "培训费"), ("travel_cost", "差旅费"), ("procurement", "政府采购经费"), ("expenditure", "部门整体支出")]


def base_data(figures, data):
    target, staff = data["target"], data["staffing"]
    rows = [
        [Cell(f"{target['year']} 年部门整体支出绩效目标", rows=2), Cell(target["label"], cols=4)],
        [Cell(f"{target['expenditure']} 万元", cols=4)],
        [Cell("财政供养人员情况", rows=2), "编制数", f"{staff['year']} 年在职人数", Cell("在职人员控制率", cols=2)],
        [staff["posts_authorized"], staff["staff_in_post"], Cell(staff["staff_control_rate"], cols=2)],
        ["经费控制情况", *(column["label"] for column in data["columns"])],
    ]
    rows += [[label, *(column[key] for column in data["columns"])] for key, label in BASE]
    rows.append(["厉行节约保障措施", Cell("严格审批公务支出，按季通报执行情况", cols=4)])
    return Table(f"{figures.tree['entity']}绩效评价基础数据表", rows, header=1, unit=data["unit"])


REASONS = ["冬季无法采样，顺延实施。", "项目属系统工程，前期手续较长，正在推进。", "站点建设仍在施工。", "余款为运维费与质保金。", "调查项目尚未验收。", "余款为成果应用质保金。", "余款为质保金。", "正在实施。"]


def carryover(carryover):
    rows = [["序号", "文件", "文件号", "下达日期", "资金来源", "结转金额", "结转结余原因"]]
    for part, key, reasons in [("carried", "carried_forward", REASONS), ("surpluses", "surplus", ["招标结余"] * 4)]:
        for row, reason in zip(carryover[part]["rows"], reasons, strict=True):
            rows.append([row["index"], row["title"], row["document_number"], row["document_date"], row["level"], row[key], reason])
        subtotal = carryover[part]["subtotal"]
        rows.append([Cell(subtotal["label"], cols=5), subtotal[key], "转入下年继续使用" if part == "carried" else "由财政收回"])
    rows.append([Cell(carryover["total"]["label"], cols=5), carryover["total"]["carryover_total"], "-"])
    return Table(f"{carryover['year']} 年结转结余资金明细表", rows, unit=carryover["unit"])


# --- surveys -----------------------------------------------------------------------------

ASKED = {"supervised": [2, 4, 5, 6, 7, 8, 9, 10], "served": [2, 4, 5, 6, 7, 8, 9, 10, 11]}


def survey_blocks(survey):
    returns, channels = survey["returns"], survey["returns"]["channels"]
    invalid = f"，无效问卷 {returns['forms_invalid']} 份" if "forms_invalid" in returns else "，回收的问卷全部有效"
    yield Heading(4, f"{survey['label']}：")
    parts = "，".join(f"{each['label']} {each['forms_returned']} 份" for each in channels)
    yield Text(f"计划回收问卷 {returns['forms_planned']} 份，实际回收问卷 {returns['forms_returned']} 份。其中{parts}{invalid}。")
    for question in survey["questions"]:
        if int(plain(question["index"])) not in ASKED[survey["group"]]:
            continue
        yield Text(f"Q{question['index']}:{question['question']}？", tight=True)
        yield Text("问：" + "　".join(f"{'ABCDE'[at]}.{option.get('asked', option)['label']}" for at, option in enumerate(question["options"])), tight=True)
        shares = [f"{option['option_share']} 的受访者选择“{option['label']}”" for option in question["options"] if "option_share" in option]
        yield Text(f"统计显示，{'，'.join(shares)}。")
        rows = [["选项", "回复情况"]] + [[option["label"], option["option_count"]] for option in question["options"]]
        yield Table(question["caption"], rows, notes=[f"答题人数：{question['respondents']}"] if "respondents" in question else ())


def survey_summary(summary):
    options = summary["mean"]["options"]
    rows = [[Cell("调查内容", rows=2), *(Cell(option["label"], cols=3) for option in options), Cell("综合满意度", rows=2)], ["满意度", "权重", "加权满意度"] * len(options)]
    for row in summary["rows"] + [summary["mean"]]:
        numbers = [option[key] for option in row["options"] for key in ("option_share", "option_weight", "weighted_share")]
        rows.append([row.get("question", row.get("label")), *numbers, row.get("question_satisfaction", row.get("overall_satisfaction"))])
    return Table(summary["caption"], rows, header=2)


# --- the whole ---------------------------------------------------------------------------

def report(figures):
    """The blocks of the report, in order."""
    tree, fill = figures.tree, figures.fill
    staffing, budget, scoring, plans = tree["staffing"], tree["budget"], tree["scoring"], tree["tasks"]["plans"]
    score = dict(zip("ABCD", scoring["tables"]))

    def p(text, tight=False):
        return Text(fill(text), tight)

    yield Heading(1, fill("{entity} {year} 年部门整体支出绩效评价报告"))
    yield p("委托单位：市财政局", tight=True)
    yield p("评价机构：第三方绩效评价机构")
    yield Heading(2, "目 录")
    for title, number in CONTENTS:
        yield Text(f"{title}.....{number}", tight=True)
    yield Heading(2, "摘 要")
    yield p("受市财政局委派，评价组依据《项目支出绩效评价管理办法》（财预〔2020〕10 号）等文件，对{entity}（下称“市局”）{year} 年的全部支出做了一次评价。要点如下。")
    yield Heading(3, "（一）机构与人员")
    yield p("市局内设科室 {s0.units_internal} 个，直属事业单位 {s0.units_subordinate} 个。年底核定编制 {s1.posts_authorized} 个，实有人数 {s1.staff_in_post} 人，临时工 {s1.staff_temporary} 人，分布情况列在表 0-1。")
    yield staffing_table(staffing["summaries"][0])
    yield Heading(3, "（二）经费")
    yield p("{s2.year} 年年初预算 **{s2.expenditure} 万元**，分为基本支出 {s2.basic_expenditure} 万元和项目支出 {s2.project_expenditure} 万元。年中调整后预算为 {s3.adjusted_budget} 万元，支出决算数 {s3.expenditure} 万元，年末结转结余 {s3.closing_balance} 万元：跨年项目结转资金 {s3.carried_forward} 万元，‖招标节约形成结余资金 {s3.surplus} 万元，后者已由财政收回，明细列于附件 4。")
    yield Heading(3, "（三）绩效目标")
    yield p("履职目标分成 {s4.number_stated} 大类，即{s4.names}；核心工作也分成 {s5.number_stated} 大类，即{s5.names}。各类所含任务为：{s6.label} {s6.tasks_planned} 项、{s7.label} {s7.tasks_planned} 项、{s8.label} {s8.tasks_planned} 项、{s9.label} {s9.tasks_planned} 项、{s10.label} {s10.tasks_planned} 项、{s11.label} {s11.tasks_planned} 项。社会效应目标见表 0-2。")
    yield target_table(tree["targets"]["tables"][0], 0)
    yield Heading(3, "（四）结论")
    yield p("经综合打分，总得分 **{s12.score} 分**，等级为“{s12.grade}”，分项情况见表 0-3。综合质量指数降到 {s13.result}；{s14.target} 个土壤初步调查项目没有按期完成。")
    yield summary(scoring["summaries"][0])
    yield p("做得好的地方：全年抽查一般排污单位 {s15.quantity} 次、重点排污单位 {s16.quantity} 次，公开信息 {s17.quantity} 起；建有{s18.quantity}个应急物资储备库。短板在于绩效自评：有目标表的项目 {s19.projects_with_targets} 项，做了自评的只有 {s19.projects_self_evaluated} 项。")

    yield Heading(2, "一、部门基本情况")
    yield Heading(3, "（一）机构与人员")
    yield p("机构改革之后，市局由省厅和市政府双重领导，内设科室 {s20.units_internal} 个，直属事业单位 {s20.units_subordinate} 个。")
    yield p("1. 内设科室。{s21.units_internal} 个科室的分工见表 1-1。")
    offices = tree["numbering"]["tables"][0]
    rows = [[row["index"], *words] for row, words in zip(offices["rows"], OFFICES, strict=True)]
    yield Table(offices["caption"], [["序号", "科室名称", "科室职责"], *rows])
    yield p("2. 直属单位。{s22.units_subordinate} 个直属事业单位的职责与性质见表 1-2。")
    units = staffing["units"]
    rows = [[row["index"], row["label"], DUTIES[plain(row["index"])], row["funding"], row["in_accounts"]] for row in units["rows"]]
    yield Table(units["caption"], [["序号", "单位名称", "单位职责", "单位性质", "备注"], *rows])
    yield p("3. 人员。截至年底，编制 {s23.posts_authorized} 个，实有人数 {s23.staff_in_post} 人，临时工 {s23.staff_temporary} 人，见表 1-3；按编制性质的明细见附件 1。")
    yield staffing_table(staffing["summaries"][1])
    yield Heading(3, "（二）资产状况")
    held = tree["assets"]["held"]
    yield Text(fill("年末固定资产原值 {total.asset_value} 万元。其中车辆价值 {total.parts.0.asset_value} 万元，含{total.parts.0.parts.0.label} {total.parts.0.parts.0.asset_value} 万元、{total.parts.0.parts.1.label} {total.parts.0.parts.1.asset_value} 万元；{total.parts.1.label}面积 {total.parts.1.building_area} 平方米，价值 {total.parts.1.asset_value} 万元；{total.parts.2.label}价值 {total.parts.2.asset_value} 万元。", held[0]))
    yield Text(fill("车辆共 {total.asset_quantity} 辆：{total.parts.0.label} {total.parts.0.asset_quantity} 辆、{total.parts.1.label} {total.parts.1.asset_quantity} 辆、{total.parts.2.label} {total.parts.2.asset_quantity} 辆。分类明细见表 1-4。", held[1]))
    yield assets(tree["entity"], held[2]["total"], held[2]["caption"], tree["assets"]["unit"])
    yield p("{s24.year} 年新增固定资产 {s24.additions_quantity} 项，价值 {s24.additions_value} 万元，见表 1-5。")
    yield additions(tree["assets"]["additions"], tree["assets"]["unit"])
    yield Heading(3, "（三）收支与预算执行")
    yield p("1. 上年收支。{s25.year} 年年初预算数 {s25.initial_budget} 万元，收入决算数 {s25.revenue} 万元，支出决算数 {s25.expenditure} 万元，年末结余 {s25.closing_balance} 万元。")
    yield budget_year(budget["years"][0], "上年收入支出决算表")
    yield p("2. 年初预算。{s26.year} 年年初预算 {s26.expenditure} 万元，其中基本支出 {s26.basic_expenditure} 万元、项目支出 {s26.project_expenditure} 万元，没有政府性基金。")
    yield initial_budget(budget["initial"])
    yield p("3. 预算执行。年内预算由 {s27.initial_budget} 万元调整为 {s27.adjusted_budget} 万元，多出的部分都是上级在年中交办的任务。支出决算数 {s27.expenditure} 万元，年末结转结余数 {s27.closing_balance} 万元，\f其中结转资金 {s27.carried_forward} 万元、结余资金 {s27.surplus} 万元。分类执行情况见表 1-8，追加文件见表 1-9。")
    yield budget_year(budget["years"][1], "本年收入支出决算总表")
    yield ledger(budget["ledger"])
    shares = "；".join(f"{row['label']} {row['project_amount']} 万元，占 {row['project_share']}" for row in tree["projects"]["categories"])
    yield Text(fill("4. 项目支出。{s28.year} 年项目支出决算数 {s28.project_expenditure} 万元，涉及 {s29.project_count} 个项目。按种类看，") + shares + "。具体到项目见表 1-10。")
    yield projects(tree["projects"])
    yield p("5. “三公”经费。{s30.year} 年“三公”经费预算数 {s30.three_public_total} 万元，决算数 {s31.three_public_total} 万元；{s32.year} 年预算数 {s32.three_public_total} 万元，决算数 {s33.three_public_total} 万元。")
    yield three_public(tree["three_public"]["tables"][0])
    yield Heading(3, "（四）年度目标")
    yield p("上级下达的年度责任归为 {s34.tasks_planned} 项，列在表 1-12。")
    yield plan_table(figures, plans[0], 0, "指标来源")
    yield p("据此梳理的履职目标分 {s35.number_stated} 大类（{s35.names}），核心工作分 {s36.number_stated} 大类（{s36.names}），目标值列在表 1-13；管理效率和社会效应的目标值列在表 1-14、表 1-15。")
    yield plan_table(figures, plans[1], 1, "备注")
    yield efficiency_targets(tree["targets"]["tables"][1], scoring["sheet"]["sections"][1]["groups"])
    yield target_table(tree["targets"]["tables"][2], 2)

    yield Heading(2, "二、评价组织与方法")
    yield p("评价基准日为 {s37.date}。指标体系含一级指标 {s42.indicators_first} 个，即{s38.label}（{s38.weight} 分）、{s39.label}（{s39.weight} 分）、{s40.label}（{s40.weight} 分）、{s41.label}（{s41.weight} 分）；二级指标 {s42.indicators_second} 个，三级指标 {s42.indicators_third} 个。总分为 {s43.weight} 分，得分与等级的⁂对应关系见表 3-1。")
    bands = [["分值范围", "绩效级别"]]
    for band in scoring["bands"]:
        low, high = band.get("band_low"), band.get("band_high")
        bands.append([f"P<{high}" if low is None else f"{high}{'≥' if not bands[1:] else '>'}P≥{low}", band["grade"]])
    yield Table("表 3-1 评价分值与绩效级别", bands)
    team = tree["numbering"]["tables"][1]
    rows = [[row["index"], *spanned(words, TEAM, at)] for at, (row, words) in enumerate(zip(team["rows"], TEAM, strict=True))]
    rows.insert(0, ["序号", "职务", "姓名", "职责分工"])
    yield Table(team["caption"], rows)
    yield p("满意度调查面向两类对象：计划向管理对象发放问卷 {s44.forms_planned} 份，向受益群众发放问卷 {s45.forms_planned} 份，结果见附件 5。")

    yield Heading(2, "三、评价结果")
    yield p("总得分 {s46.score} 分，等级为“{s46.grade}”，分项情况见表 5-1。综合质量指数降到 {s47.result}，饮用水水源全部达标；{s48.target} 个土壤初步调查项目和 {s49.target} 个高风险地块调查没有完成，拉低了履职效能的得分。")
    yield summary(scoring["summaries"][1])

    yield Heading(2, "四、指标逐项分析")
    heads = {
        "A": ("（一）履职效能", "从 {s50.indicators_second} 个方面考察履职效能。该类指标满分 {s50.weight} 分，实际得分 {s50.score} 分，得分率 {s50.scoring_rate}。"),
        "B": ("（二）管理效率", "从 {s119.indicators_second} 个方面考察管理效率。该类指标满分 {s119.weight} 分，实际得分 {s119.score} 分，得分率 {s119.scoring_rate}。"),
        "C": ("（三）社会效应", "从 {s154.indicators_second} 个方面考察社会效应。该类指标满分 {s154.weight} 分，实际得分 {s154.score} 分，得分率 {s154.scoring_rate}。"),
        "D": ("（四）可持续性", "从 {s173.indicators_second} 个方面考察可持续性。该类指标满分 {s173.weight} 分，实际得分 {s173.score} 分，得分率 {s173.scoring_rate}。"),
    }
    for code, (title, words) in heads.items():
        yield Heading(3, title)
        yield p(words)
        yield score_table(score[code], "/" if code == "B" else "-", "B205" if code == "B" else None)
        for group in score[code]["sections"][0]["groups"]:
            for row in group["indicators"]:
                at = ANALYSIS[row["code"]][1]
                label = tree["statements"][at]["label"]
                yield Text(f"**{row['code']} {label}**：考察{LOOKS[row['code']][0]}。{analysed(figures, ANALYSIS, row['code'])}")

    yield Heading(2, "五、问题与建议")
    yield p("1. 执法抽查与应急。全年抽查一般排污单位 {s176.quantity} 次、重点排污单位 {s177.quantity} 次，公开信息 {s178.quantity} 起；应急物资储备库 {s179.quantity} 个。建议继续保持。")
    yield p("2. 绩效自评。填报目标表的项目 {s180.projects_with_targets} 项，完成自评的 {s180.projects_self_evaluated} 项。建议把自评列入科室考核。")
    yield p("3. 任务进度。跨年任务偏多，建议年初就定好招标时间。")

    yield Heading(2, fill("{staffing.detail.caption}"))
    yield staffing_detail(tree["entity"], staffing["detail"])
    yield Heading(2, fill("{scoring.sheet.caption}"))
    yield sheet(figures, scoring["sheet"], "B203")
    yield Heading(2, fill("{base_data.caption}"))
    yield base_data(figures, tree["base_data"])
    yield Heading(2, fill("{carryover.caption}"))
    yield carryover(tree["carryover"])
    yield Heading(2, "附件 5：满意度调查报告")
    yield p("问卷在网上和现场同时发放，计划向管理对象发放问卷 {s310.forms_planned} 份，向受益群众发放问卷 {s311.forms_planned} 份。调查时间为 {s312.period_start}-{s312.period_end}。")
    for survey in tree["surveys"]:
        yield from survey_blocks(survey)
    for survey, at in zip(tree["surveys"], (313, 314)):
        yield p("**%s**的综合满意度为 {s%d.overall_satisfaction}，计算过程如下表。" % (survey["label"], at))
        yield survey_summary(survey["summary"])
    yield Heading(2, "附件 6：访谈纪要")
    yield p("问：全年做了哪些工作？", tight=True)
    yield p("答：治理工业炉窑 {s315.quantity} 座，{s316.quantity} 家企业的 {s317.quantity} 个环节控制了无组织排放；取缔“散乱污”企业 {s318.quantity} 家；淘汰燃煤锅炉 {s319.quantity} 台、{s320.quantity} 蒸吨，超低排放改造 {s321.quantity} 台；水质自动监测站建成 {s322.quantity} 座。布设加密监测点位 {s323.quantity} 个，完成产地土壤点位 {s324.quantity} 个、协同点位 {s325.quantity} 个的采样；采集 {s326.quantity} 个地块的信息。")
    yield p("中央督察任务 {s327.tasks_planned} 项，{s327.parts.0.label} {s327.parts.0.tasks_planned} 项、{s327.parts.1.label} {s327.parts.1.tasks_planned} 项、{s327.parts.2.label} {s327.parts.2.tasks_planned} 项；省级督察任务 {s328.tasks_planned} 项，完成 {s328.tasks_done} 项，推进中 {s328.tasks_open} 项。立案查处 {s329.quantity} 件（四类典型案件 {s331.quantity} 件），罚款共 {s330.quantity} 万元，拘留 {s332.quantity} 人。")
    yield p("问：成效如何？", tight=True)
    yield p("答：综合质量指数 {s333.result}，同比变化 {s333.growth}；PM2.5 平均浓度 {s334.result}μg/m³，同比上升 {s334.growth}；优良天数 {s335.result}，占 {s335.days_share}；重污染天数 {s336.quantity} 天。{s337.quantity} 个国省考断面（国考 {s337.parts.0.quantity} 个、省考 {s337.parts.1.quantity} 个）中优良占 {s337.shares.0.result}，劣 V 类占 {s337.shares.1.result}。")


def main(arguments):
    if arguments not in ([], ["--check"], ["--unused"]):
        print(__doc__, file=sys.stderr)
        return 2
    wrong = 0
    for case in CASES:
        figures = Figures(case)
        blocks = list(report(figures))
        text, damage = as_text(figures, blocks)
        for name, written in [("retold.txt", text), ("retold.md", as_markdown(figures, blocks))]:
            path = HERE / case / name
            if arguments == ["--check"]:
                if not path.exists() or path.read_bytes() != written.encode():
                    wrong += 1
                    print(f"{case}/{name} is not what {Path(__file__).name} writes", file=sys.stderr)
            elif not arguments:
                path.write_bytes(written.encode())
                print(f"{case}/{name}: {written.count(chr(10))} lines")
        if not arguments:
            for line, what in damage:
                print(f"  {line}: {what}")
        if arguments == ["--unused"]:
            for at, (path, each) in enumerate(figures.paths):
                if at not in figures.used:
                    print(f"{case}{path}: {each}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
