/** What a person types in these tests. */
export const blog = {
  name: 'Blog Platform',
  description: 'A place where a small team publishes what it learns',
  requirements:
    'Users write posts with a title, a body and a publication date. Every post belongs to a category and has many tags. ' +
    'Visitors can search posts by title and leave comments with a name, an email and a text. ' +
    'Editors can delete comments. The site uses ivory as the background and navy for the buttons.',
};
