"""What LibreOffice reads in a document, with its tracked changes accepted or rejected; run by the system's Python,
which has the office's own bridge (`foreign_readers.Office` starts it).

Standard input: lines of JSON `[file, "accept" | "reject" | "changes"]` or `[file, "settle", plan]`; standard output:
for each a line of JSON: the paragraphs with words in order, cells of tables as paragraphs, or the tracked changes as
[author, kind] (of a file that was settled those that are left). A plan says whose changes to accept and to reject,
where to put in which words, and where to save: `{"accept": [author], "reject": [author], "put in":
[[word, words]], "save": file}`.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}


def main(folder: str) -> None:
    pipe = f"amendments{uno.generateUuid().value.hex()}"
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--nologo"]
    office = subprocess.Popen([*command, f"--accept=pipe,name={pipe};urp;"])  # noqa: S603 - a fixed command
    try:
        context = connected(pipe)
        for line in sys.stdin:
            sys.stdout.write(json.dumps(answer(context, *json.loads(line))) + "\n")
            sys.stdout.flush()
    finally:
        office.terminate()
        office.wait()


def connected(pipe: str) -> Any:
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(300):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


def answer(context: Any, file: str, what: str, plan: dict[str, Any] | None = None) -> list[Any]:
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    hidden = PropertyValue(Name="Hidden", Value=True)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(file), "_blank", 0, (hidden,))
    try:
        if what == "changes":
            return changes(document)
        if plan is not None:
            return settled(context, document, plan)
        helper = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        helper.executeDispatch(document.CurrentController.Frame, COMMANDS[what], "", 0, ())
        return [words for words in paragraphs(document.Text) if words]
    finally:
        document.close(True)


def settled(context: Any, document: Any, plan: dict[str, Any]) -> list[list[str]]:
    document.RecordChanges = False
    for what, command in (("accept", ".uno:AcceptTrackedChange"), ("reject", ".uno:RejectTrackedChange")):
        for author in plan[what]:
            settle_all(context, document, author, command)
    for word, words in plan["put in"]:
        put_into(document, word, words)
    formats = {"docx": "MS Word 2007 XML", "odt": "writer8"}
    kind = PropertyValue(Name="FilterName", Value=formats[plan["save"].rpartition(".")[2]])
    document.storeToURL(uno.systemPathToFileUrl(plan["save"]), (kind,))
    return changes(document)


def put_into(document: Any, word: str, words: str) -> None:
    """Behind the first letter of the word, as a part of what that letter is part of."""
    wanted = document.createSearchDescriptor()
    wanted.SearchString, wanted.SearchCaseSensitive = word, True
    cursor = document.Text.createTextCursorByRange(document.findFirst(wanted).Start)
    cursor.goRight(1, False)
    document.Text.insertString(cursor, words, False)


def settle_all(context: Any, document: Any, author: str, command: str) -> None:
    """Each change of theirs selected and settled, as a person does it; the list is another one after each."""
    helper = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    controller = document.CurrentController
    for _ in range(len(changes(document))):
        found = document.Redlines.createEnumeration()
        theirs = None
        while found.hasMoreElements() and theirs is None:
            change = found.nextElement()
            theirs = change if change.RedlineAuthor == author else None
        if theirs is None:
            return
        controller.ViewCursor.gotoRange(theirs.RedlineStart, False)
        controller.ViewCursor.gotoRange(theirs.RedlineEnd, True)
        helper.executeDispatch(controller.Frame, command, "", 0, ())


def changes(document: Any) -> list[list[str]]:
    found = document.Redlines.createEnumeration()
    listed = []
    while found.hasMoreElements():
        change = found.nextElement()
        listed.append([change.RedlineAuthor, change.RedlineType])
    return listed


def paragraphs(text: Any) -> Iterator[str]:
    found = text.createEnumeration()
    while found.hasMoreElements():
        part = found.nextElement()
        if part.supportsService("com.sun.star.text.TextTable"):
            for name in part.CellNames:
                yield from paragraphs(part.getCellByName(name))
        else:
            yield part.String


if __name__ == "__main__":
    main(sys.argv[1])
