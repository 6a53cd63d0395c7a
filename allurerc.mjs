// The HTML report of `make report` (support/reporting/html.py): one file, by system and section of its document.
import { readFileSync } from "node:fs";

const categories = new URL("support/reporting/categories.json", import.meta.url);

export default {
  name: "Earshot",
  output: "reports/allure",
  historyPath: ".earshot/history.jsonl",
  historyLimit: 50,
  categories: { rules: JSON.parse(readFileSync(categories, "utf8")) },
  plugins: {
    awesome: {
      options: {
        reportName: "Earshot",
        reportLanguage: "en",
        singleFile: true,
        groupBy: ["epic", "feature"],
      },
    },
  },
};
