import { type ClassReport, classReport } from '#src/exercise/class-report.ts';
import type { Access } from '#src/web/access.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import type { AtWork } from '#src/workshop/classes/owned.ts';
import type { RunningClass } from '#src/workshop/classes/running-class.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { reportCsv } from '#src/workshop/report/report-csv.ts';
import { reportView } from '#src/workshop/report/report-view.ts';

/** The report of a class while it runs and after, as a page and for a spreadsheet. */
export function reportPages(
  ofClass: Access<null, AtWork & { readonly running: RunningClass }>,
): readonly Page<null>[] {
  return [
    definePage({
      path: workshopPaths.boardReport,
      about: { part: 'Workshop', shows: 'how a class went, by the numbers of its seats', form: null },
      access: ofClass,
      show: (request) =>
        reportView(request, reportOf(request.running, request.now), request.own.erasedAt(request.running)),
    }),
    definePage({
      path: workshopPaths.boardReportCsv,
      about: { part: 'Workshop', shows: 'the same as a CSV file to save', form: null },
      access: ofClass,
      show: ({ running, visit, now }) => {
        const { plan } = running.journal.state();
        const content = Buffer.from(reportCsv(plan, running.scenario, reportOf(running, now), visit.voice));
        return { kind: 'file', type: 'text/csv; charset=utf-8', name: 'rapport-atelier.csv', content };
      },
    }),
  ];
}

function reportOf({ journal, scenario: { steps } }: RunningClass, now: Date): ClassReport {
  const [first = 'start', ...others] = steps;
  return classReport(journal.events(), [first, ...others], now);
}
