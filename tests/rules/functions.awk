# Prints "length path line name" for each function of C files in the style of .clang-format: a function's braces stand
# alone in the first column. Its length counts from the first line of its signature to its closing brace.

FNR == 1 { signature = 0; body = 0; comment = 0 }

body {
    if ($0 == "}") {
        print FNR - signature + 1, FILENAME, signature, name
        body = signature = 0
    }
    next
}
comment { comment = !/\*\//; next }
/^\/\*/ { comment = !/\*\//; signature = 0; next }
/^$/ || /^#/ || /^\/\// { signature = 0; next }
/^[A-Za-z_]/ && !signature { signature = FNR; text = "" }
signature { text = text " " $0 }
$0 == "{" && text ~ /\(/ { name = name_of(text); body = 1; next }
/;$/ || /^}/ { signature = 0 }

# The word before the first parenthesis that is not an attribute's; the argument of START_TEST.
function name_of(text,    words, n) {
    gsub(/__attribute__ *\(\([^)]*(\([^)]*\))?[^)]*\)\)/, "", text)
    if (text ~ /START_TEST\(/)
        sub(/START_TEST\(/, "", text)
    sub(/[()].*/, "", text)
    n = split(text, words, /[ \t*]+/)
    while (n > 1 && words[n] == "")
        n--
    return words[n]
}
