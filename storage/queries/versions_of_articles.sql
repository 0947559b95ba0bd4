/* Which versions of each article did we see, when, and under which SHA-256 is each kept?
   `page_sha256` is the page as served, `warc_sha256` the file in the vault that holds the whole exchange, `text_sha256` title and text.
   What a version changed is told by `postwatch articles history`. */
SELECT a.publisher, a.title, v.n AS version, v.seen_at, v.body_sha256 AS page_sha256, v.warc_sha256, v.text_sha256,
    (SELECT count(DISTINCT s.citation_id) FROM citation_place s JOIN citation c ON c.id = s.citation_id
        WHERE c.article_id = a.id AND s.version = v.n AND c.confidence >= 0.5) AS citations,
    length(w.text) AS characters, a.url
FROM article_version v
JOIN article a ON a.id = v.article_id
LEFT JOIN wording w ON w.sha256 = v.text_sha256
ORDER BY a.id, v.n;
