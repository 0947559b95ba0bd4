/* Where does each article cite which post, and in what form?
   One row a place: an article may embed a post in one paragraph and link to it in another. Newest article first.
   `paragraph` counts from 1 and is empty where the place lies outside the text; `form` names how it is written in the page. */
SELECT a.publisher, a.title, a.published_at, s.paragraph, s.kind, s.form, l.state,
    coalesce(acc.handle, c.handle) AS handle, coalesce(p.url, c.url) AS post_url, a.url AS article_url
FROM citation_place s
JOIN citation c ON c.id = s.citation_id AND s.version = c.last_version
JOIN article a ON a.id = c.article_id
JOIN link l ON l.citation_id = c.id
LEFT JOIN post p ON p.id = l.post
LEFT JOIN account acc ON acc.id = p.account_id
WHERE c.confidence >= 0.5
ORDER BY coalesce(a.published_at, a.seen_at) DESC, a.id, s.paragraph, s.n;
