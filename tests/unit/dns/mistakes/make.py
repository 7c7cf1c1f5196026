#!/usr/bin/env python3
"""make.py: writes mistakes.txt, DS records made wrongly, by nothing but hashlib and base64.

Each row is "ALGORITHM WORD SECOND TAG ALGORITHM TYPE DIGEST"; SECOND is "-" for a single mistake. The keys are
those of keys.txt, made once by dnssec-keygen; flags, signing and origin of a key are the test's own.
"""
import base64, hashlib, os, struct

here = os.path.dirname(os.path.abspath(__file__))
ZONE = ["example", "org"]
HASH = {1: hashlib.sha1, 2: hashlib.sha256, 4: hashlib.sha384}
REGISTERED = [1, 2, 3, 5, 6, 7, 8, 10, 12, 13, 14, 15, 16, 17, 23, 252, 253, 254]


def wire(labels, root=b"\0"):
    return b"".join(bytes([len(label)]) + label.encode() for label in labels) + root


def tag(rdata):
    if rdata[3] == 1:
        return rdata[-3] << 8 | rdata[-2]
    total = sum(octet if i & 1 else octet << 8 for i, octet in enumerate(rdata))
    return (total + (total >> 16)) & 0xFFFF


def rdata(flags, protocol, algorithm, key):
    return struct.pack("!HBB", flags, protocol, algorithm) + key


def loose(text):
    """base64 as many programs read it: up to the last whole octet."""
    text = text.replace("=", "")
    return base64.b64decode(text[: len(text) - (len(text) % 4 == 1)] + "=" * (-len(text) % 4))


def rows(algorithm, flags, key):
    right = rdata(flags, 3, algorithm, key)
    name = wire(ZONE)
    text = base64.b64encode(key).decode()

    def ds(word, owner=name, data=right, second="-", **field):
        if word == "base64-cut" and data == right:
            return  # a digit behind the text that makes no octet changes nothing
        kind = field.get("kind", 2)
        digest = HASH[field.get("hash", kind)](owner + data).digest()
        digest = field.get("form", lambda octets: octets)(digest)
        print(algorithm, word, second, field.get("tag", tag(data)), field.get("algorithm", data[3]), kind,
              digest.hex().upper(), file=out)

    for other in REGISTERED:
        if other == algorithm:
            continue
        data = rdata(flags, 3, other, key)
        ds("wrong-algorithm", data=data)
        ds("wrong-algorithm", data=data, tag=tag(right))
        ds("wrong-algorithm", algorithm=other)
        ds("wrong-algorithm", data=data, kind=4, tag=tag(right), algorithm=algorithm)
    upper, first = ["EXAMPLE", "ORG"], ["Example", "org"]
    for owner in (upper, first, ["Example", "Org"], ["example", "ORG"], ["eXample", "oRg"]):
        for kind in (1, 2, 4):
            ds("owner-case", owner=wire(owner), kind=kind)
    for owner in (wire(["org"]), wire(["www"] + ZONE), wire(ZONE[:1]), wire(ZONE, b"\0\0"), wire(ZONE, b""),
                  wire(ZONE + ZONE), wire(ZONE + ["org"]), b"example.org", b"example.org."):
        ds("wrong-owner", owner=owner)
    ds("rdata-without-owner", owner=b"")
    for other in (0, 256, 257, 257 | 128, 256 | 128):
        if other != flags:
            ds("flags-changed", data=rdata(other, 3, algorithm, key))
            ds("flags-changed", data=rdata(other, 3, algorithm, key), tag=tag(right))
    for other in (0, 1, 255):
        ds("flags-changed", data=rdata(flags, other, algorithm, key))
    ds("truncated-digest", kind=1, hash=2, form=lambda octets: octets[:20])
    ds("truncated-digest", kind=2, hash=4, form=lambda octets: octets[:32])
    ds("truncated-digest", second="digest-length", form=lambda octets: octets[:20])
    ds("truncated-digest", second="digest-length", form=lambda octets: octets[:31])
    ds("truncated-digest", second="digest-length", form=lambda octets: octets[:4])
    for kind, made in ((1, 2), (4, 2), (2, 4), (2, 1), (3, 2), (5, 2), (0, 2)):
        ds("mislabelled-digest", kind=kind, hash=made)
    ds("digest-length", form=lambda octets: octets + b"\0")
    ds("digest-length", form=lambda octets: octets + b"\0" * 16)
    ds("digest-length", form=lambda octets: b"\0" + octets)
    ds("digest-length", form=lambda octets: octets[1:])
    ds("digest-length", kind=2, hash=1, form=lambda octets: octets + b"\0" * 12)
    ds("digest-length", form=lambda octets: octets.hex().upper().encode())
    for other in (0, tag(right) ^ 1, 65535):
        ds("wrong-tag", tag=other)
    for cut in {1, 2, 3, 4, 5, 20, 40, 43, len(text) // 2, len(text) - 4, len(text) - 3, len(text) - 6}:
        data = rdata(flags, 3, algorithm, loose(text[:cut]))
        if data != right:
            ds("base64-cut", data=data)
            ds("base64-cut", data=data, tag=tag(right))
    for ttl in ("3600", "86400", "300", "172800", "0"):
        ds("base64-cut", data=rdata(flags, 3, algorithm, loose(ttl + text)))
        ds("base64-cut", data=rdata(flags, 3, algorithm, loose(text + ttl)))
        shifted = loose(str(algorithm) + text)
        ds("base64-cut", data=rdata(int(ttl) & 0xFFFF, flags & 255, 3, shifted))
    ds("base64-cut", data=rdata(flags, 3, algorithm, loose(text[8:])))
    if "+" in text:
        ds("base64-cut", data=rdata(flags, 3, algorithm, loose(text.replace("+", ""))))
    for order in (lambda octets: octets[::-1],
                  lambda octets: b"".join(octets[i:i + 2][::-1] for i in range(0, len(octets), 2)),
                  lambda octets: b"".join(octets[i:i + 4][::-1] for i in range(0, len(octets), 4)),
                  lambda octets: bytes.fromhex("".join(octets.hex()[i:i + 2][::-1] for i in range(0, 64, 2))),
                  lambda octets: bytes.fromhex(octets.hex()[::-1])):
        ds("byte-order", form=order)
    # two at once
    for other in (5, 8, 13, 15):
        if other != algorithm:
            data = rdata(flags, 3, other, key)
            ds("owner-case", owner=wire(upper), data=data, second="wrong-algorithm")
            ds("owner-case", owner=wire(upper), data=data, second="wrong-algorithm", tag=tag(right))
            ds("owner-case", owner=wire(upper), algorithm=other, second="wrong-algorithm")
            ds("wrong-owner", owner=wire(["org"]), data=data, second="wrong-algorithm")
            ds("flags-changed", data=rdata(256 | 128, 3, other, key), second="wrong-algorithm")
            ds("wrong-algorithm", data=data, second="byte-order", form=lambda octets: octets[::-1])
    ds("owner-case", owner=wire(first), second="wrong-tag", tag=tag(right) ^ 21)
    ds("owner-case", owner=wire(upper), second="mislabelled-digest", kind=1, hash=2)
    ds("owner-case", owner=wire(upper), second="truncated-digest", kind=1, hash=2, form=lambda octets: octets[:20])
    ds("owner-case", owner=wire(upper), second="flags-changed", data=rdata(385, 3, algorithm, key))
    ds("base64-cut", owner=wire(upper), second="owner-case", data=rdata(flags, 3, algorithm, loose(text[:40])))
    ds("mislabelled-digest", second="wrong-tag", kind=4, hash=2, tag=tag(right) ^ 21)
    # a damaged text, and another mistake
    cuts = [text.rstrip("=")[:length] for length in (20, 40, 56, 64, len(text) - 4, len(text) - 6)
            if length < len(text) - 3]
    for damaged in cuts + ["3600" + text, "IN" + text, "3600IN" + text, text[:56] + "3600" + text[56:],
                           text.rstrip("=") + "KSKalg", "257313" + text if algorithm == 13 else text[4:]]:
        cut = loose(damaged)
        if cut == key:
            continue
        data = rdata(flags, 3, algorithm, cut)
        for tagged in {tag(data), tag(right)}:
            ds("base64-cut", data=data, tag=tagged)
            ds("base64-cut", owner=wire(upper), second="owner-case", data=data, tag=tagged)
            ds("base64-cut", owner=wire(["org"]), second="wrong-owner", data=data, tag=tagged)
            ds("base64-cut", owner=b"", second="rdata-without-owner", data=data, tag=tagged)
            ds("base64-cut", second="byte-order", data=data, tag=tagged, form=lambda octets: octets[::-1])
            ds("base64-cut", second="mislabelled-digest", data=data, tag=tagged, kind=1, hash=2)
            ds("base64-cut", second="truncated-digest", data=data, tag=tagged, kind=1, hash=2,
               form=lambda octets: octets[:20])
            ds("base64-cut", second="truncated-digest", data=data, tag=tagged, kind=2, hash=4,
               form=lambda octets: octets[:32])
        ds("base64-cut", second="wrong-tag", data=data, tag=tag(right) ^ 77)
        for changed in [rdata(flags, 3, other, cut) for other in (5, 8, 13, 15, 1) if other != algorithm]:
            for tagged in {tag(changed), tag(right)}:
                ds("base64-cut", data=changed, second="wrong-algorithm", tag=tagged)
        for changed in [rdata(other, 3, algorithm, cut) for other in (256, 385) if other != flags]:
            for tagged in {tag(changed), tag(right)}:
                ds("base64-cut", data=changed, second="flags-changed", tag=tagged)
    # a digest with two faults
    ds("byte-order", second="mislabelled-digest", kind=1, hash=2, form=lambda octets: octets[::-1])
    ds("byte-order", second="truncated-digest", kind=1, hash=2, form=lambda octets: octets[:20][::-1])
    ds("byte-order", second="truncated-digest", kind=1, hash=2, form=lambda octets: octets[::-1][:20])
    for size in (2, 4, 8):
        for kind in (1, 2, 4):
            ds("byte-order", kind=kind, form=lambda octets: b"".join(
                [octets[i:i + size] for i in range(0, len(octets), size)][::-1]))


with open(os.path.join(here, "mistakes.txt"), "w") as out:
    for line in open(os.path.join(here, "keys.txt")):
        fields = line.split()
        rows(int(fields[2]), int(fields[0]), base64.b64decode("".join(fields[3:])))
