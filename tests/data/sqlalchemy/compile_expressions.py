#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes expressions.json: what SQLAlchemy 1.4 makes of each line of expressions.txt on PostgreSQL.

Values are written into the text. Backslashes stay single, as on a server with
standard_conforming_strings on.
"""
import json
import os
import re
import warnings

import sqlalchemy
from sqlalchemy.dialects import postgresql

warnings.simplefilter("ignore")
here = os.path.dirname(os.path.abspath(__file__))
names = {}
with open(os.path.join(here, "prelude.py"), encoding="utf-8") as file:
    exec(file.read(), names)

dialect = postgresql.dialect(paramstyle="named")
dialect._backslash_escapes = False
rows = []
with open(os.path.join(here, "expressions.txt"), encoding="utf-8") as file:
    for line in file:
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        try:
            clause = eval(line, dict(names))
            text = str(clause.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
            if re.search(r":\w+_1\b", text):
                raise ValueError("SQLAlchemy left a value out: " + text)
            rows.append({"python": line, "sql": text})
        except Exception as error:
            rows.append({"python": line, "error": type(error).__name__ + ": " + str(error)})

with open(os.path.join(here, "expressions.json"), "w", encoding="utf-8") as file:
    json.dump({"sqlalchemy": sqlalchemy.__version__, "rows": rows}, file, indent=1, ensure_ascii=False)
    file.write("\n")
print(len(rows), "expressions,", sum("error" in row for row in rows), "with an error")
