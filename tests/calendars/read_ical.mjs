// What ical.js (Thunderbird's reader) makes of a calendar on standard input: one line of JSON for each event.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}
for (const component of calendar.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(component);
  const start = event.startDate;
  console.log(
    JSON.stringify({
      uid: event.uid,
      title: event.summary,
      isDay: start.isDate,
      start: start.isDate ? start.toString() : start.toJSDate().toISOString(),
      end: start.isDate ? event.endDate.toString() : event.endDate.toJSDate().toISOString(),
      status: component.getFirstPropertyValue("status"),
      sequence: event.sequence,
    }),
  );
}
