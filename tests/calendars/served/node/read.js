// Reads the calendar files named as arguments with ical.js (Thunderbird's parser) and node-ical; one JSON line a file.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = new Set(calendar.getAllSubcomponents("vtimezone").map((zone) => zone.getFirstPropertyValue("tzid")));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  const thunderbird = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component, { strictExceptions: true });
    return {
      uid: event.uid,
      start: event.startDate.isDate ? event.startDate.toString() : event.startDate.toJSDate().toISOString(),
      end: event.endDate.isDate ? event.endDate.toString() : event.endDate.toJSDate().toISOString(),
      summary: event.summary,
      sequence: event.sequence,
    };
  });
  const read = Object.values(nodeIcal.sync.parseICS(text)).filter((component) => component && component.uid);
  const node = read.filter((component) => component.type === "VEVENT").map((component) => ({
    uid: component.uid,
    start: component.datetype === "date" ? component.start.toISOString().slice(0, 10) : component.start.toISOString(),
    end: component.datetype === "date" ? component.end.toISOString().slice(0, 10) : component.end.toISOString(),
    summary: component.summary,
    sequence: Number(component.sequence),
  }));
  const todos = [calendar.getAllSubcomponents("vtodo").length, read.filter((component) => component.type === "VTODO").length];
  process.stdout.write(`${JSON.stringify({ thunderbird, node, todos, zones: [...zones].sort() })}\n`);
}
