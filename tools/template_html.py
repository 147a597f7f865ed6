"""Where in HTML a template stands: a tokenizer fed with the template's literal text, which decides how a value that
stands at that place must be escaped and refuses what cannot be made safe."""

import re

# Attributes whose value a browser follows or loads.
URL_ATTRIBUTES = {"href", "src", "action", "formaction", "poster", "cite", "data", "xlink:href"}
REFUSED_ATTRIBUTES = {"style": "write a class", "srcdoc": "it holds a whole page", "srcset": "its URLs cannot be checked"}
VERBATIM_ELEMENTS = {"pre", "textarea"}
WHITE = " \t\r\n\f"


class HtmlError(Exception):
    """What is wrong; the caller knows the file and `offset` within the text that was fed."""

    def __init__(self, message, offset=0):
        super().__init__(message)
        self.offset = offset


class State:
    """Position in HTML. `started` of a URL attribute: False at its beginning, True after it, None when branches differ."""

    FIELDS = ("mode", "element", "attribute", "quote", "started", "needs_space", "closing")

    def __init__(self):
        self.mode = "text"  # text, open, tag, name, equals, value, comment, doctype
        self.element = ""  # of the tag, or the script, pre or textarea whose text this is
        self.attribute = ""
        self.quote = ""
        self.started = False
        self.needs_space = False  # within a tag: something ended here and a blank must come before the next attribute
        self.closing = False

    def key(self):
        return tuple(getattr(self, field) for field in self.FIELDS)

    def copy(self):
        other = State()
        for field in self.FIELDS:
            setattr(other, field, getattr(self, field))
        return other


def merge(states):
    """The state after branches that ended in `states`; refuses branches that end at different places."""
    first = states[0].copy()
    for other in states[1:]:
        if other.key() == first.key():
            continue
        candidate = other.copy()
        candidate.started, candidate.needs_space = first.started, first.needs_space
        if candidate.key() != first.key():
            raise HtmlError("branches end at different places of the HTML")
        if other.started != first.started:
            first.started = None
        first.needs_space = first.needs_space or other.needs_space
    return first


class Tokenizer:
    def __init__(self):
        self.state = State()
        self.word = ""
        self.value = ""

    def boundary(self):
        """A directive or value stands here: what was being named ends."""
        state = self.state
        if state.mode in ("tag", "name") and self.word:
            self._end_word()
            state.needs_space = True
        if state.mode == "equals":
            raise HtmlError(f"the value of {state.attribute} is not quoted")
        if state.mode == "open":
            raise HtmlError("a tag's name cannot be computed")
        if state.mode in ("comment", "doctype"):
            raise HtmlError(f"nothing can be put into a {state.mode}")

    def place(self):
        """How a value that stands here is escaped: text, attr, url (a whole address) or url_part."""
        self.boundary()
        state = self.state
        if state.mode == "text":
            if state.element == "script":
                raise HtmlError("nothing can be put into a script")
            return "text"
        if state.mode != "value":
            raise HtmlError("names of tags and attributes cannot be computed")
        if state.attribute not in URL_ATTRIBUTES:
            return "attr"
        if state.started is None:
            raise HtmlError(f"branches differ in whether this value begins the address in {state.attribute}")
        place = "url_part" if state.started else "url"
        state.started = True
        return place

    def feed(self, text):
        """Reads literal text and returns what is written of it: white space with line breaks folded, no comments."""
        out = []
        i = 0
        while i < len(text):
            try:
                i = getattr(self, "_in_" + self.state.mode)(text, i, out)
            except HtmlError as error:
                error.offset = i
                raise
        return "".join(out)

    # One method a mode: reads from text[i], writes to out, returns where to go on.

    def _in_text(self, text, i, out):
        state = self.state
        if text[i] == "<":
            return self._tag_begins(text, i, out)
        if text[i] in WHITE and state.element not in VERBATIM_ELEMENTS:
            run = re.compile(r"[ \t\r\n\f]+").match(text, i).group()
            out.append("\n" if "\n" in run else run)
            return i + len(run)
        if state.element == "script":
            raise HtmlError("inline script: put it into web/ and name it by src")
        out.append(text[i])
        return i + 1

    def _tag_begins(self, text, i, out):
        state = self.state
        closing = text.startswith("</", i)
        name = i + (2 if closing else 1)
        if text.startswith("<!--", i):
            state.mode = "comment"
            return i + 4
        if text.startswith("<!", i):
            state.mode = "doctype"
        elif not re.match(r"[A-Za-z]", text[name : name + 1]):
            if name < len(text):
                raise HtmlError("write &lt; for a < that begins no tag")
            state.mode = "open"
        else:
            if state.element in VERBATIM_ELEMENTS | {"script"} and not closing:
                raise HtmlError(f"a tag within {state.element}")
            state.mode, state.closing, state.element = "tag", closing, ""
            state.needs_space = False
            self.word = ""
        out.append(text[i:name])
        return name

    def _in_open(self, text, i, out):
        raise HtmlError("a tag's name cannot be computed")

    def _in_comment(self, text, i, out):
        end = text.find("-->", i)
        if end < 0:
            return len(text)
        self.state.mode = "text"
        return end + 3

    def _in_doctype(self, text, i, out):
        out.append(text[i])
        if text[i] == ">":
            self.state.mode = "text"
        return i + 1

    def _in_tag(self, text, i, out):
        """Within a tag, before or in its name or the name of an attribute."""
        state, c = self.state, text[i]
        if c in WHITE:
            self._end_word()
            run = re.compile(r"[ \t\r\n\f]+").match(text, i).group()
            out.append(" " if "\n" in run else run)
            state.needs_space = False
            return i + len(run)
        if c == ">":
            self._end_word()
            return self._tag_ends(i, out)
        if c == "=":
            if not self.word or not state.element:
                raise HtmlError("= without the name of an attribute")
            attribute = self.word
            self._end_word()
            state.mode, state.attribute = "equals", attribute
        elif c == "/":
            self._end_word()
        elif c in "\"'<`":
            raise HtmlError(f"{c} within a tag")
        else:
            if state.needs_space:
                raise HtmlError("a blank is missing between attributes")
            self.word += c.lower()
        out.append(c)
        return i + 1

    def _end_word(self):
        state, word = self.state, self.word
        self.word = ""
        if not word:
            return
        if not state.element:
            if word == "style":
                raise HtmlError("inline style: put it into web/styles")
            state.element = word
            return
        if word.startswith("on"):
            raise HtmlError(f"inline script: {word}=")
        if word in REFUSED_ATTRIBUTES:
            raise HtmlError(f"{word}=: {REFUSED_ATTRIBUTES[word]}")

    def _tag_ends(self, i, out):
        state = self.state
        out.append(">")
        if state.closing or state.element not in VERBATIM_ELEMENTS | {"script"}:
            state.element = ""
        state.mode, state.attribute, state.closing, state.needs_space = "text", "", False, False
        return i + 1

    def _in_equals(self, text, i, out):
        state, c = self.state, text[i]
        if c not in "\"'":
            raise HtmlError(f"the value of {state.attribute} is not quoted")
        state.mode, state.quote, state.started = "value", c, False
        self.value = ""
        out.append(c)
        return i + 1

    def _in_value(self, text, i, out):
        state, c = self.state, text[i]
        out.append(c)
        if c == state.quote:
            state.mode, state.quote, state.attribute, state.started = "tag", "", "", False
            state.needs_space = True
            self.word = ""
            return i + 1
        if state.attribute in URL_ATTRIBUTES:
            if not state.started:
                self.value = ""
            state.started = True
            self.value += c
            if re.match(r"\s*(javascript|data|vbscript)\s*:", self.value, re.I):
                raise HtmlError(f"{self.value} in {state.attribute}")
        return i + 1
