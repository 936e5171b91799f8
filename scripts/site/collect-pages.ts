import { guides } from "./guides.ts";
import { readDocument } from "./openapi.ts";
import type { Page } from "./page.ts";
import { readGuide } from "./read-guide.ts";
import { writeErrors } from "./write-errors.ts";
import { writeFields } from "./write-fields.ts";
import { writeOperations } from "./write-operations.ts";
import { writePolicies } from "./write-policies.ts";
import { writeSchemas } from "./write-schemas.ts";

/** What is put behind a guide's own text, because the code knows it better. */
type Supplements = Readonly<Record<string, string>>;

/** Every page, in the order of the navigation. */
export async function collectPages(root: string): Promise<Page[]> {
  const errors = await writeErrors();
  const supplements: Supplements = { "/docs/errors": errors.lists, "/docs/permissions": writePolicies() };
  const written = guides.map((guide) => readGuide(root, guide));
  const supplemented = written.map((page) => {
    const more = supplements[page.path];
    return more === undefined ? page : { ...page, markdown: `${page.markdown}\n\n${more}` };
  });
  const document = readDocument(root);
  return [
    writeFields(document),
    ...supplemented,
    writeSchemas(document),
    ...writeOperations(document),
    ...errors.pages,
    notFound,
    { ...notFound, path: "/docs/routes/not-found" },
  ];
}

const notFound: Page = {
  path: "/docs/not-found",
  title: "There is no such page",
  description: "What is shown where there is no page.",
  markdown:
    "# There is no such page\n\nThe search above knows all of them. [Start at the beginning](/docs), or look at [the errors](/docs/errors).",
};
