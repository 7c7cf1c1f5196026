# Prints the include directives that point the wrong way. ARCHITECTURE in three lines: core <- dns <- text; nagios and
# collectd use all three, unbound-module core alone, and hosts never one another; ldns lives in common/text, OpenSSL
# in common/dns/crypto.c, collectd's headers in collectd, and Unbound's nowhere. Tests may include what they test.

BEGIN {
    may["core"] = " core "
    may["dns"] = " core dns "
    may["text"] = may["nagios"] = may["collectd"] = " core dns text "
    may["unbound-module"] = " core "
    split("nagios collectd unbound-module", hosts)
    for (i in hosts)
        host[hosts[i]] = 1
}

FNR == 1 {
    layer = FILENAME
    sub(/^common\//, "", layer)
    sub(/\/.*/, "", layer)
}

/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
    target = $0
    sub(/^[^<"]*/, "", target)
    quoted = substr(target, 1, 1) == "\""
    target = substr(target, 2)
    sub(/[>"].*/, "", target)
    folder = target ~ /\// ? target : ""
    sub(/\/.*/, "", folder)
    check()
}

function offends(why) {
    printf "%s:%d: includes %s: %s\n", FILENAME, FNR, target, why
}

function check() {
    if (target ~ /^(unbound|unbound-event)\.h$/ || (folder ~ /^(util|services|iterator|validator|sldns|dynlibmod|pythonmod)$/ && layer != "tests"))
        return offends("no Unbound header anywhere")
    if (layer == "tests")
        return
    if (target ~ /(^|\/)\.\.\//)
        return offends("paths start at common/ or in the own folder")
    if (folder == "ldns" && layer != "text")
        return offends("ldns headers only in common/text")
    if (folder == "openssl" && FILENAME != "common/dns/crypto.c")
        return offends("OpenSSL headers only in common/dns/crypto.c")
    if ((folder ~ /^(collectd|liboconfig)$/ || (!quoted && target ~ /^(collectd|plugin|oconfig)\.h$/)) && layer != "collectd")
        return offends("collectd headers only in collectd")
    if (!quoted || !(layer in may))
        return
    if (folder ~ /^(core|dns|text)$/) {
        if (index(may[layer], " " folder " ") == 0)
            offends(layer " may include" may[layer] "only")
    } else if (folder in host || !(layer in host)) {
        offends(layer in host ? "hosts never include one another" : "is written with its folder, and inside common/")
    } else if (!exists(layer "/" target)) {
        offends("not a header of " layer)
    }
}

function exists(path,    line, found) {
    found = (getline line < path) >= 0
    close(path)
    return found
}
