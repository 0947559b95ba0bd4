from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.net.addresses import ascii_host, literal, why_not_public
from monitor.net.pairs import pair, pair_of, pairs

NOT_PUBLIC = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.0.1",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::7f00:1",
    "64:ff9b:1::808:808",
    "100::1",
    "2001::1",
    "2001:0:53aa:64c:0:0:807f:fffe",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::1",
    "2620:4f:8000::1",
    "3fff::1",
    "3fff:fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]

PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.1",
    "93.184.215.14",
    "100.63.255.255",
    "100.128.0.1",
    "126.255.255.255",
    "128.0.0.1",
    "172.15.255.255",
    "172.32.0.1",
    "192.0.1.1",
    "192.167.255.255",
    "198.17.255.255",
    "198.20.0.1",
    "223.255.255.255",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2606:4700:4700::1111",
    "2a00:1450:4001:81b::200e",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_named(address: str) -> None:
    assert why_not_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_public(address: str) -> None:
    assert why_not_public(ip_address(address)) is None


@given(st.ip_addresses(v=4))
def test_nothing_that_python_calls_private_is_public(address: object) -> None:
    found = ip_address(str(address))
    if not found.is_global:
        assert why_not_public(found)


@given(st.ip_addresses(v=6))
def test_no_ipv6_address_that_python_calls_private_is_public(address: object) -> None:
    found = ip_address(str(address))
    if not found.is_global:
        assert why_not_public(found)


@pytest.mark.parametrize(
    "host",
    [
        "0x7f.1",
        "0x7F.0x0.0.1",
        "2130706433",
        "0177.0.0.1",
        "017700000001",
        "127.1",
        "0x7f000001",
        "127.0.0.1.",
        "１２７.０.０.１",
        "127。0。0。1",
    ],
)
def test_every_spelling_of_an_ipv4_address_is_read(host: str) -> None:
    assert str(literal(ascii_host(host))) == "127.0.0.1"


@pytest.mark.parametrize(
    "host",
    [
        "",
        ".",
        "256.1.1.1",
        "4294967296",
        "1.2.3.4.5",
        "0x7f.1.x.1",
        "08.1.1.1",
        "a.1",
        "127.0.0.1%00",
        "%31%32%37.0.0.1",
        "user@example.org",
        "a b",
        "a\r\nb",
        "-a.example",
        "a..example",
        "[::1",
        "[::1%eth0]",
        "fe80::1%1",
        "a" * 64,
        "example.org/x",
        "example.org\\x",
        "1" * 5000,
        "a." * 127 + "aa",
    ],
)
def test_a_host_that_is_neither_name_nor_address_is_none(host: str) -> None:
    with pytest.raises(ValueError):
        ascii_host(host)


def test_a_host_is_written_one_way() -> None:
    assert ascii_host("Bücher.Example.") == "xn--bcher-kva.example"
    assert ascii_host("[0:0:0:0:0:0:0:1]") == "::1"
    assert ascii_host("_dmarc.example_1.org") == "_dmarc.example_1.org"
    assert literal("example.org") is None


def test_pairs_are_compared_as_written_but_for_case() -> None:
    assert pairs(["LOCALHOST:9000", "[::1]:25", "::1:26"]) == {"localhost:9000", "::1:25", "::1:26"}
    assert pair("localhost", 80) != pair("127.0.0.1", 80)
    assert pair_of("https://Example.org/x") == "example.org:443"
    assert pair_of("http://[::1]:8080/") == "::1:8080"
