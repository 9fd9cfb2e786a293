"""What a word in a formula means: a variable, a constant, a function, or several of them.

The rules, in this order. A declared variable is itself. A function is a function
(a name that is also a letter, `gamma`, `y1`, only before a bracket). `pi` and
`e` are constants; one letter, with or without a subscript, and a Greek name are
variables. `log_2` and `J_0` carry their base and order. A function and one letter
that grew together come apart (`sinx`, `sin2x`, `xlnx`, `2pix`). Two letters, and
any word of x, y, z and t, are a product (`xy`); three letters could be a word or a
product and are refused; a longer word is one variable (`speed`), unless it is
nearly the name of a function. Before a bracket an unknown word is never a product.
"""

from ...graph import constant, variable
from .errors import mistake, nearest
from .lexer import GREEK, NUMBER, SIGN, WORD
from .names import (
    BESSEL,
    COMMON,
    CONSTANTS,
    GREEK_CAPITALS,
    GREEK_NAMES,
    MEANT,
    Function,
    function,
    function_names,
    logarithm,
)

VALUE, CALL = "value", "call"  # the kinds of token that words become
ALWAYS = ("ln", "lg", "tg")  # names of two letters that are functions without a bracket too
LETTERS = "xyztuvwrn"  # a function may have grown together with these


class Words:
    """The meaning of the words of one formula; `symbols` collects its variables by name."""

    __slots__ = ("declared", "functions", "symbols", "text")

    def __init__(self, text, declared=None):
        self.text = text
        self.declared = declared
        self.symbols = {name: variable(name) for name in declared or ()}
        self.functions = set()

    def resolved(self, found):
        """The tokens with every word replaced by values, calls and signs.

        >>> [t[0] for t in Words("x").resolved([(WORD, "sinx", 0, 4), ("end", "", 4, 4)])]
        ['call', 'value', 'end']
        """
        out = []
        for k, token in enumerate(found):
            if token[0] is not WORD:
                out.append(token)
                continue
            after = found[k + 1]
            opens = after[0] is SIGN and after[1] in "([{" and after[2] != after[3]
            if token[1] == "mod" and out and ends_operand(out[-1]):
                out.append((SIGN, "mod", *token[2:]))
            else:
                self._refuse_slip(token, after)
                out.extend(self.meaning(token[1], token[2], token[3], opens))
        return out

    def meaning(self, word, start, end, opens):
        """The tokens that the word stands for."""
        if word in self.symbols and (self.declared is not None or not self._calls(word, opens)):
            return [(VALUE, self.symbols[word], start, end)]
        called = self._call(word, start, end, opens)
        if called is not None:
            return [(CALL, called, start, end)]
        if word in CONSTANTS:
            return [(VALUE, constant(CONSTANTS[word]), start, end)]
        base, _, below = word.partition("_")
        glyph = end - start == 1 or self.text[start] in GREEK
        if is_letter(base) or base in GREEK_NAMES or base in GREEK_CAPITALS:
            if opens and (base[0] in "fghFGH" and len(base.rstrip("0123456789")) == 1):
                raise self._unknown_function(word, start, end)
            if opens and not below and not glyph and not is_letter(base):
                raise self._unknown_function(word, start, end)
            return [self._variable(word, start, end)]
        if opens and not self._apart(word):
            raise self._unknown_function(word, start, end)
        if below:
            if function(base) is not None:
                raise self._error(f"{base} has no subscript here", start, end, f"write {base}(x)")
            return [self._variable(word, start, end)]
        return self._split(word, start, end, opens)

    def _calls(self, word, opens):
        return opens and function(word) is not None

    def _call(self, word, start, end, opens):
        """The function that the word calls, or None."""
        base, _, below = word.partition("_")
        if base == "log" and below and function(word) is None:
            return Function(word, self._log_to(below))
        if base in BESSEL and below and opens:
            fixed = function(base.lower() + below) if below in ("0", "1") else None
            if fixed is not None:
                return fixed
            card = function(BESSEL[base])
            order = self._below(below)
            return card and Function(word, lambda x: card.build(order, x))
        letterlike = is_letter(base) or base in GREEK_NAMES or base in GREEK_CAPITALS
        if not opens and (letterlike or (len(word) == 2 and word not in ALWAYS)):
            return None
        found = function(word, deep=opens or len(word) > 2)
        if found is None and opens:
            found = function(word.lower())
        if found is not None and letterlike:
            if word in self.symbols:
                raise self._error(
                    f"{word} is a variable and a function here", start, end, "rename it"
                )
            self.functions.add(word)
        return found

    def _log_to(self, below):
        base = self._below(below)
        return lambda x: logarithm(x, base)

    def _below(self, text):
        """The number or variable that a subscript names."""
        if text.isdecimal():
            return constant(float(text))
        if text in CONSTANTS and text not in self.symbols:
            return constant(CONSTANTS[text])
        return self._variable(text, 0, 0)[1]

    def _variable(self, name, start, end):
        if name not in self.symbols:
            if self.declared is not None:
                listed = ", ".join(self.declared) or "none"
                near = nearest(name, list(self.declared))
                hint = f'did you mean "{near[0]}"?' if near else f"declared: {listed}"
                raise self._error(f'"{name}" is not one of the variables', start, end, hint)
            if name in self.functions:
                raise self._error(
                    f"{name} is a variable and a function here", start, end, "rename it"
                )
            self.symbols[name] = variable(name)
        return (VALUE, self.symbols[name], start, end)

    def _split(self, word, start, end, opens):
        """A word that is no name: come apart, a product of letters, or one variable."""
        apart = self._apart(word)
        if apart:
            out, at = [], start
            for k, part in enumerate(apart):
                stop = at + len(part)
                if part.isdecimal():
                    out.append((NUMBER, float(part), at, stop))
                else:
                    out.extend(self.meaning(part, at, stop, opens and k == len(apart) - 1))
                at = stop
            return out
        letters = word.rstrip("0123456789")
        if not letters.isalpha():
            raise self._error(f'"{word}" can be read in two ways', start, end, _readings(word))
        if letters in GREEK_NAMES:
            return [self._variable(word, start, end)]
        if len(letters) < len(word) and len(letters) < 4:
            digits = word[len(letters) :]
            hint = f"a power is written {letters}^{digits}, a product {letters}*{digits}"
            if letters in COMMON:
                hint = f"write {letters}({digits}) or {letters}_{digits}(x)"
            raise self._error(f'"{word}" is not a name', start, end, hint)
        if len(word) == 2 or set(word) <= set("xyzt"):
            if word[0] == "d" and word[1] in "xyztuvrs":
                hint = "write only the function; dfdx differentiates it"
                raise self._error(f'the differential "{word}" has no place here', start, end, hint)
            return [
                t
                for k, c in enumerate(word)
                for t in self.meaning(c, start + k, start + k + 1, False)
            ]
        if word.lower() in ("inf", "infinity", "nan"):
            raise self._error(f"{word} is not a number that a formula can contain", start, end, "")
        self._refuse_near(word, start, end)
        if len(word) == 3:
            hint = f"write {'*'.join(word)}, or name the variables (variables=[{word!r}, …])"
            raise self._error(f'"{word}" could be one variable or a product', start, end, hint)
        return [self._variable(word, start, end)]

    def _apart(self, word):
        """The parts of a word where a function or π grew together with a letter or number."""
        letters = word.rstrip("0123456789")
        head = 0
        while head < len(word) and word[head].isalpha():
            head += 1
        name, rest = word[:head], word[head:]
        if rest and name in COMMON and function(word, deep=False) is None:
            digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
            if name == "log" or function(name + digits, deep=False) is not None:
                return None  # log2x: log2(x) or log(2x)
            tail = rest[len(digits) :]
            return [name, digits, tail] if tail else [name, digits]
        if letters != word or len(word) < 3:
            return None
        if word[:2] == "pi" and len(word) == 3 and word[2] in LETTERS:
            return ["pi", word[2]]
        for first in ("", word[0] if word[0] in "xyzt" else ""):
            inner = word[len(first) :]
            for last in ("", inner[-1] if inner[-1] in LETTERS else ""):
                name = inner[: len(inner) - len(last)]
                if name in COMMON and word != "cost" and (first or last):
                    return [part for part in (first, name, last) if part]
        return None

    def _refuse_slip(self, token, after):
        """Raise where a function has a letter too many before its argument: sinn x."""
        _, word, start, end = token
        apart = (
            self._apart(word) if after[0] in (WORD, NUMBER) and word not in self.symbols else None
        )
        if apart and len(apart) == 2 and apart[1] not in "xyzt" and apart[0] in COMMON:
            name, letter = apart
            rest = self.text[after[2] : after[3]]
            hint = f'did you mean "{name}"? write {name}({rest}), or {name}({letter}*{rest})'
            raise self._error(f'"{word}" is not a function that dfdx knows', start, end, hint)

    def _refuse_near(self, word, start, end):
        """Raise where a word is nearly the name of a function."""
        meant = MEANT.get(word)
        if meant is None:
            if word.lower() != word and function(word.lower()) is not None:
                near = [word.lower()]
            else:
                names = [*COMMON, *(n for n in function_names() if len(n) > 3)]
                near = [n for n in nearest(word, names) if _close(word, n)]
            if not near:
                return
            meant = near[0]
        hint = f'did you mean "{meant}"?' if meant else "write only the function itself"
        raise self._error(f'"{word}" is not a function that dfdx knows', start, end, hint)

    def _unknown_function(self, word, start, end):
        meant = MEANT.get(word)
        near = [meant] if meant else nearest(word, [*self.symbols, *function_names()])
        if near and len(word) > 1:
            hint = "did you mean " + " or ".join(f'"{n}"' for n in near) + "?"
        else:
            hint = f"for a product write {word}*(…)"
        return self._error(f'unknown function "{word}"', start, end, hint)

    def _error(self, message, start, end, hint):
        return mistake(self.text, start, end, message, hint)


def _close(word, name):
    """Whether a word is so near to a function's name that it may be a slip of the pen."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, word, name).ratio() > 0.8


def _readings(word):
    """What a word with digits inside may mean, as a hint: log2x, x2y."""
    head = 0
    while word[head].isalpha():
        head += 1
    tail = head
    while tail < len(word) and word[tail].isdecimal():
        tail += 1
    name, digits, rest = word[:head], word[head:tail], word[tail:]
    if name in COMMON:
        return f"write {name}{digits}({rest}) or {name}({digits}{rest})"
    return f"write {name}^{digits}*{rest} or {name}*{digits}*{rest}"


def is_letter(name):
    """Whether the name is one letter, perhaps with digits behind it: x, x1.

    >>> is_letter("x1"), is_letter("ab")
    (True, False)
    """
    return name[:1].isalpha() and (len(name) == 1 or name[1:].isdecimal())


def ends_operand(token):
    """Whether a term may end with this token."""
    kind, value = token[:2]
    return kind in (NUMBER, VALUE) or (
        kind is SIGN and value in (")", "]", "}", "|", "⌋", "⌉", "!", "°")
    )
