"""Broken scenarios as data: each is a file, where its fault stands, and what the message must say."""

from __future__ import annotations

from typing import NamedTuple


class Broken(NamedTuple):
    """``at`` is line:column (empty: the file as a whole), ``path`` the field, ``says`` parts of the message."""

    name: str
    content: str | bytes
    at: str
    path: str
    says: tuple[str, ...]


def top(name: str, line: str, at: str, path: str, *says: str) -> Broken:
    """A scenario that is fine but for its second line (and what follows it)."""
    return Broken(name, f"name: Test\n{line}\n", at, path, says)


TEXTS = (
    Broken("empty", "", "", "", ("is empty",)),
    Broken("blank lines and comments", "\n# nothing\n\n", "", "", ("is empty",)),
    Broken("only a null", "~\n", "", "", ("is empty",)),
    Broken("a list", "- name: Test\n", "1:1", "", ("is not a block of keys", "found:   a list")),
    Broken("a text", "name\n", "1:1", "", ("is not a block of keys", "found:   'name'")),
    Broken("two documents", "name: A\n---\nname: B\n", "2:1", "", ("a second document",)),
    Broken("UTF-16", "name: Tést\n".encode("utf-16"), "", "", ("UTF-16", "save it as UTF-8")),
    Broken(
        "Latin-1", "name: A\ndescription: Tést\n".encode("latin-1"), "2:15", "", ("not UTF-8", "0xe9 at position 22")
    ),
    Broken("control character", "name: A\ndescription: a\x07b\n", "2:15", "", ("control character U+0007",)),
    Broken("byte order mark amid the text", "na\ufeffme: A\n", "1:3", "", ("control character U+FEFF",)),
    Broken("NUL bytes", "name: A\n\0\0\0\n", "2:1", "", ("control character U+0000",)),
    Broken("unclosed bracket", "name: A\nperiod: {start: 2008-01\n", "3:1", "", ("not valid YAML",
        "a bracket that opens before here is not closed")),
    Broken("unclosed quote", 'name: "A\n', "2:1", "", ("not valid YAML", "a quote or a bracket is not closed")),
    Broken("tab in indentation", "name: A\nperiod:\n\tend: 2020-12\n", "3:1", "", ("not valid YAML",
        "indent with spaces")),
    Broken("wrong indentation", "name: A\n  period: {}\n", "2:9", "", ("not valid YAML",
        "found:   line 2: 'period: {}'", "allowed: one `key: value` a line",
        "likely the indentation: line 2 begins in column 3, further in than line 1 (column 1), "
        "which has a value already")),
    Broken("indentation between two blocks", "name: A\nperiod:\n    start: 2008-01\n  end: 2020-12\n", "4:3", "",
        ("found:   line 4: 'end: 2020-12'", "line 4 begins in column 3, the blocks above it in column 1 or 5")),
    Broken("too deep below a closed block", "name: A\nperiod: {start: 2008-01}\n    end: 2020-12\n", "3:5", "",
        ("likely the indentation: line 3 begins in column 5, the blocks above it in column 1",)),
    Broken("a colon in a value", "name: Recession: deep\n", "1:16", "", ("not valid YAML",
        "a value that holds a colon and a space needs quotes")),
    Broken("no colon", "name: A\nperiod\ncycle: {path: boom}\n", "3:1", "", ("found:   line 2: 'period'",
        "a key without its colon?")),
    Broken("an item that is none", "name: A\nlevers:\n  - career_guidance: {}\n  technologieroute: {}\n", "4:3", "",
        ("found:   line 4: 'technologieroute: {}'", "begin it with `- `")),
    Broken("nested too deeply", "name: " + "[" * 40 + "]" * 40 + "\n", "1:18", "", ("nested too deeply", "at most 12")),
    Broken("anchor", "name: A\nperiod: &p {end: 2020-12}\n", "2:9", "", ("anchor '&p'", "extends")),
    Broken("alias", "name: *n\n", "1:7", "", ("alias '*n'",)),
    Broken("merge key", "name: A\n<<: {end: 2020-12}\n", "2:1", "<<", ("not a known key", "merge keys are not read")),
    Broken("python tag", "name: !!python/object/apply:os.system ['true']\n", "1:7", "", ("tag ", "tags are not read")),
    Broken("type tag", "name: A\npopulation: {scale: !!int '3'}\n", "2:21", "", ("tags are not read",)),
    Broken("key that is a list", "? [a, b]\n: 1\n", "1:3", "", ("a key must be plain text",)),
)  # fmt: skip

DOUBLED = (
    top("doubled at the top", "name: Again", "2:1", "", "key 'name' is doubled", "already in line 1"),
    top("doubled in a block", "period:\n  end: 2020-12\n  end: 2021-12", "4:3", "", "key 'end' is doubled", "line 3"),
    top("doubled in braces", "draws: {seed: 1, seed: 2}", "2:18", "", "key 'seed' is doubled", "line 2"),
    top("doubled parameter", "parameters: {choice.peer_weight: 1, choice.peer_weight: 1}", "2:37", "", "is doubled"),
    top(
        "doubled in a lever", "levers:\n  - career_guidance: {volume: 0.1, volume: 0.2}", "3:36", "",
        "'volume' is doubled"
    ),
    top(
        "lever twice", "levers:\n  - career_guidance: {}\n  - career_guidance: {volume: 0.2}", "4:5",
        "levers[1].career_guidance", "stands already at scenario.yaml:3:5",
    ),
)  # fmt: skip

KEYS = (
    Broken("no name", "period: {end: 2020-12}\n", "1:1", "name", ("is missing",)),
    top("misspelled", "perod: {end: 2020-12}", "2:1", "perod", "not a known key", "did you mean 'period'?"),
    top("capital", "Period: {end: 2020-12}", "2:1", "Period", "did you mean 'period'?"),
    top("misspelled inside", "period: {stat: 2008-01}", "2:10", "period.stat", "allowed: start, end", "mean 'start'?"),
    top("unknown altogether", "xyzzy: 1", "2:1", "xyzzy", "found:   'xyzzy'", "allowed: name, description"),
    top("scale at the top", "scale: 100", "2:1", "scale", "'scale' belongs under 'population'"),
    top("seed under population", "population: {seed: 1}", "2:14", "population.seed", "'seed' belongs under 'draws'"),
    top("levers under period", "period: {levers: []}", "2:10", "period.levers", "'levers' belongs at the top level"),
    top("volume at the top", "volume: 0.1", "2:1", "volume", "'volume' belongs under a lever"),
    top("misspelled and misplaced", "popluation.scale: 3", "2:1", "popluation.scale", "did you mean 'population'?"),
    top("dotted section", "population.scale: 3", "2:1", "population.scale", "`population: {scale: ...}`"),
    top("parameter at the top", "choice.peer_weight: 1", "2:1", "choice.peer_weight", "belongs under 'parameters'"),
    top("lever at the top", "career_guidance: {}", "2:1", "career_guidance", "is a lever: it belongs in the list"),
    top("key with an escape sequence", '"\\e[31mred": 1', "2:1", "'\\x1b[31mred'", "not a known key"),
    top("number as key", "3: 4", "2:1", "3", "not a known key", "found:   '3'"),
)

VALUES = (
    top("section without fields", "period:", "2:1", "period", "must be a block of keys", "indent its fields below it"),
    top("section as number", "population: 100", "2:13", "population", "must be a block of keys", "found:   100"),
    top("section as list", "draws: [1, 2]", "2:8", "draws", "must be a block of keys", "found:   a list"),
    Broken("empty name", "name:\n", "1:1", "name", ("must be a text", "found:   nothing")),
    Broken("name of blanks", "name: '  '\n", "1:7", "name", ("not a usable text",)),
    Broken("name without a letter", "name: '...'\n", "1:7", "name", ("needs a letter or a digit",)),
    Broken("name of two lines", 'name: "a\\nb"\n', "1:7", "name", ("not a usable text", "in one line")),
    Broken("name with an escape sequence", 'name: "\\e[31mred"\n', "1:7", "name", ("not a usable text", "\\x1b[31m")),
    Broken("name too long", f"name: {'n' * 300}\n", "1:7", "name", ("up to 120 characters", "nnn...")),
    top("description as block", "description: {a: b}", "2:14", "description", "must be a text", "a block of keys"),
    top("month that is none", "period: {end: 2020-13}", "2:15", "period.end", "must be a month YYYY-MM", "'2020-13'"),
    top("month as a day", "period: {end: 2020-12-31}", "2:15", "period.end", "write 2020-12"),
    top("month as a year", "period: {end: 2020}", "2:15", "period.end", "write 2020-01 for January 2020"),
    top("month with one digit", "period: {end: 2020-1}", "2:15", "period.end", "write 2020-01"),
    top("month in other digits", "period: {end: ٢٠٢٠-١٢}", "2:15", "period.end", "must be a month"),
    top("month as list", "period: {end: [2020, 12]}", "2:15", "period.end", "must be a month", "a list"),
    top("month too late", "period: {end: 2061-01}", "2:15", "period.end", "out of bounds", "to 2060-12"),
    top("start without population", "period: {start: 2010-01}", "2:17", "period.start", "no start population",
        "2008-01"),
    top("end before start", "period: {start: 2008-01, end: 2008-01}", "2:31", "period.end",
        "must come after period.start"),
    top("after the end of the cycle", "period: {start: 2008-01, end: 2046-01}\ncycle: {path: boom}", "2:31",
    "period.end",
        "after the end of the cycle", "boom ends in 2045-12"),
    top("scale zero", "population: {scale: 0}", "2:21", "population.scale", "out of bounds", "from 1 to 10000"),
    top("scale too large", "population: {scale: 10001}", "2:21", "population.scale", "out of bounds"),
    top("scale with a fraction", "population: {scale: 1.5}", "2:21", "population.scale", "must be a whole number"),
    top("scale as float", "population: {scale: 100.0}", "2:21", "population.scale", "must be a whole number"),
    top("scale as truth", "population: {scale: yes}", "2:21", "population.scale", "must be a number", "a truth value"),
    top("scale in quotes", "population: {scale: '100'}", "2:21", "population.scale", "in quotes", "without quotes"),
    top("scale as text", "population: {scale: large}", "2:21", "population.scale", "must be a number", "'large'"),
    top("scale of nothing", "population: {scale: }", "2:14", "population.scale", "must be a number", "nothing"),
    top("octal scale", "population: {scale: 010}", "2:21", "population.scale", "leading zeros"),
    top("hexadecimal scale", "population: {scale: 0x10}", "2:21", "population.scale", "must be a number"),
    top("sexagesimal scale", "population: {scale: 1:30}", "2:21", "population.scale", "must be a number", "'1:30'"),
    top("underscores", "population: {scale: 1_000}", "2:21", "population.scale", "without underscores"),
    top("huge number", f"draws: {{seed: {'9' * 5000}}}", "2:15", "draws.seed", "out of bounds", "999..."),
    top("negative seed", "draws: {seed: -1}", "2:15", "draws.seed", "out of bounds", "from 0 to 4294967295"),
    top("seed too large", "draws: {seed: 4294967296}", "2:15", "draws.seed", "out of bounds"),
    top("no draws", "draws: {number: 0}", "2:17", "draws.number", "out of bounds", "from 1 to 10000"),
    top("parameters from nowhere", "draws: {parameters: priors}", "2:21", "draws.parameters", "mean 'prior'?"),
)  # fmt: skip

CYCLE = (
    top("unknown path", "cycle: {path: recesion_2026}", "2:15", "cycle.path", "baseline", "mean 'recession_2026'?"),
    top("path as text", "cycle: boom", "2:8", "cycle", "must be a block of keys", "'boom'"),
    top("gap out of bounds", "cycle: {table: {2026: -0.3}}", "2:23", "cycle.table.2026", "from -0.25 to 0.25"),
    top("gap in per cent", "cycle: {table: {2026: -3 %}}", "2:23", "cycle.table.2026", "10 % is 0.1"),
    top("gap with a comma", "cycle: {table: {'2026': '-0,03'}}", "2:25", "cycle.table.2026", "decimal point"),
    top("NaN", "cycle: {table: {2026: .nan}}", "2:23", "cycle.table.2026", "must be a finite number"),
    top("infinity", "cycle: {table: {2026: -.inf}}", "2:23", "cycle.table.2026", "must be a finite number"),
    top("overflow", "cycle: {table: {2026: 1e999}}", "2:23", "cycle.table.2026", "out of bounds"),
    top("key that is no time", "cycle: {table: {soon: 0.1}}", "2:17", "cycle.table.soon", "a year YYYY or a month"),
    top("year too early", "cycle: {table: {1999: 0.1}}", "2:17", "cycle.table.1999", "out of bounds"),
    top("month thirteen", "cycle: {table: {2026-13: 0.1}}", "2:17", "cycle.table.2026-13", "a year YYYY or a month"),
    top("table as list", "cycle: {table: [0.1]}", "2:16", "cycle.table", "must be a block of keys"),
    top("process as month", "cycle: {process: 2026-01}", "2:18", "cycle.process", "must be a block of keys",
        "'2026-01'"),
    top("process as list", "cycle: {process: [2026-01]}", "2:18", "cycle.process", "must be a block of keys", "a list"),
    top("process of nothing", "cycle:\n  process:", "3:3", "cycle.process", "must be a block of keys"),
    top("process without start", "cycle: {process: {}}", "2:18", "cycle.process.start", "is missing",
        "strays from its path"),
    top("process misspelled", "cycle: {proces: {start: 2026-01}}", "2:9", "cycle.proces", "did you mean 'process'?"),
    top("process with an unknown key", "cycle: {process: {start: 2026-01, sd: 0.02}}", "2:35", "cycle.process.sd",
        "not a known key", "allowed: start, model"),
    top("process misspelled inside", "cycle: {process: {start: 2026-01, modle: ar2}}", "2:35", "cycle.process.modle",
        "did you mean 'model'?"),
    top("start of the process in the cycle", "cycle: {start: 2026-01}", "2:9", "cycle.start",
        "`process: {start: ...}`"),
    top("model at the top", "model: ar2", "2:1", "model", "'model' belongs under 'cycle.process'"),
    top("process of an unknown model", "cycle: {process: {start: 2026-01, model: ar3}}", "2:42", "cycle.process.model",
        "not a known name", "allowed: ar2", "mean 'ar2'?"),
    top("process from a year", "cycle: {process: {start: 2026}}", "2:26", "cycle.process.start",
        "must be a month YYYY-MM", "write 2026-01"),
    top("process from a truth value", "cycle: {process: {start: yes}}", "2:26", "cycle.process.start",
        "must be a month YYYY-MM"),
    top("process too early", "cycle: {process: {start: 2007-12}}", "2:26", "cycle.process.start", "out of bounds",
        "from 2008-01"),
    top("process after the period", "period: {end: 2025-12}\ncycle: {process: {start: 2026-01}}", "3:26",
        "cycle.process.start", "lies outside the period", "2008-01 to 2025-12"),
)  # fmt: skip

PARAMETERS = (
    top("misspelled", "parameters: {choice.peer_wieght: 1}", "2:14", "parameters.choice.peer_wieght",
        "not a known parameter", "did you mean 'choice.peer_weight'?"),
    top("without group", "parameters: {peer_weight: 1}", "2:14", "parameters.peer_weight",
        "mean 'choice.peer_weight'?"),
    top("nested", "parameters: {choice: {peer_weight: 1}}", "2:14", "parameters.choice", "not nested",
        "`choice.peer_weight: 0.9`"),
    top("out of bounds", "parameters: {choice.peer_weight: 9}", "2:34", "parameters.choice.peer_weight",
        "out of bounds", "from 0 to 3.5 [utility per unit share]; default 0.9"),
    top("as text", "parameters: {choice.peer_weight: high}", "2:34", "parameters.choice.peer_weight",
        "must be a number"),
    top("as truth", "parameters: {choice.peer_weight: true}", "2:34", "parameters.choice.peer_weight", "a truth value"),
    top("as list", "parameters: [choice.peer_weight]", "2:13", "parameters", "must be a block of keys", "a list"),
    top("section among them", "parameters: {scale: 3}", "2:14", "parameters.scale",
        "'scale' belongs under 'population'"),
    top("lever among them", "parameters: {career_guidance: {}}", "2:14", "parameters.career_guidance", "is a lever"),
)  # fmt: skip

LEVERS = (
    top("block for list", "levers:\n  career_guidance: {volume: 0.1}", "3:3", "levers", "must be a list", "a dash"),
    top("empty", "levers:", "2:1", "levers", "must be a list", "nothing"),
    top("bare name", "levers: [career_guidance]", "2:10", "levers[0]", "must be one lever", "`- career_guidance: {}`"),
    top("no fields", "levers:\n  - career_guidance:", "3:5", "levers[0].career_guidance", "write `{}`"),
    top("fields not indented", "levers:\n  - career_guidance:\n    volume: 0.1", "3:5", "levers[0]", "indent 'volume'"),
    top("two on a dash", "levers:\n  - career_guidance: {}\n    technologieroute: {}", "3:5", "levers[0]",
        "its own dash"),
    top("unknown", "levers: [{carreer_guidance: {}}]", "2:11", "levers[0].carreer_guidance", "mean 'career_guidance'?"),
    top("section in the list", "levers: [{period: {}}]", "2:11", "levers[0].period", "belongs at the top level"),
    top("misspelled field", "levers: [{career_guidance: {volum: 0.1}}]", "2:29", "levers[0].career_guidance.volum",
        "did you mean 'volume'?"),
    top("volume out of bounds", "levers: [{career_guidance: {volume: 1.1}}]", "2:37",
        "levers[0].career_guidance.volume", "from 0 to 1"),
    top("start that is no month", "levers: [{career_guidance: {start: soon}}]", "2:36",
        "levers[0].career_guidance.start", "must be a month"),
    top("end before start", "levers: [{career_guidance: {start: 2020-01, end: 2019-01}}]", "2:50",
        "levers.career_guidance.end", "ends before it starts"),
    top("after the period", "levers: [{career_guidance: {start: 2031-01}}]", "2:36",
        "levers.career_guidance.start", "starts after the period", "up to 2030-12"),
    top("two schemes of short-time work",
        "levers:\n  - deeltijd_ww: {start: 2011-05, regions: [East, North]}\n  - deeltijd_ww_2009: {}", "4:23",
        "levers.deeltijd_ww_2009", "is open together with deeltijd_ww (at scenario.yaml:3:18)",
        "both act in North in 2011-05, up to 2011-06", "set start, end or regions, or volume 0"),
    top("two schemes in a month, with a trigger",
        "levers:\n  - deeltijd_ww_2009: {}\n  - deeltijd_ww: {end: 2008-12, when: {output_gap_below: -0.02}}", "4:18",
        "levers.deeltijd_ww", "together with deeltijd_ww_2009 (at scenario.yaml:3:23)", "both act in North in 2008-12"),
    top("unknown region", "levers: [{career_guidance: {regions: [North, Noord]}}]", "2:38",
        "levers[0].career_guidance.regions", "mean 'North'?", "South-East"),
    top("region as text", "levers: [{career_guidance: {regions: North}}]", "2:38",
        "levers[0].career_guidance.regions", "must be a list", "in brackets"),
    top("region twice", "levers: [{career_guidance: {regions: [East, East]}}]", "2:38",
        "levers[0].career_guidance.regions", "doubled"),
    top("trigger misspelled", "levers: [{career_guidance: {when: {output_gap_below: 0, gap: 0}}}]", "2:57",
        "levers[0].career_guidance.when.gap", "not a known key"),
    top("trigger without condition", "levers: [{career_guidance: {when: {}}}]", "2:35",
        "levers[0].career_guidance.when.output_gap_below", "is missing"),
    top("parameter in a lever", "levers: [{career_guidance: {choice.peer_weight: 1}}]", "2:29",
        "levers[0].career_guidance.choice.peer_weight", "belongs under 'parameters'"),
)  # fmt: skip

BROKEN = {
    f"{group}: {case.name}": case
    for group, cases in {
        "text": TEXTS, "doubled": DOUBLED, "key": KEYS, "value": VALUES, "cycle": CYCLE,
        "parameter": PARAMETERS, "lever": LEVERS,
    }.items()
    for case in cases
}  # fmt: skip
