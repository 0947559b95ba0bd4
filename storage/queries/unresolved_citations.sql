/* Which citations lead to no post that we keep, and what did the platform say when we asked?
   `seen` and `detail` are of our last look; empty where the citation gives no address to look at (words only). */
SELECT a.publisher, a.title, c.kind, c.platform, c.handle, c.cited_post_id, o.at AS looked_at, o.seen, o.detail,
    (SELECT w.text FROM citation_place s JOIN wording w ON w.sha256 = s.text_sha256
        WHERE s.citation_id = c.id AND s.version = c.last_version ORDER BY s.n LIMIT 1) AS words,
    a.url AS article_url
FROM link l
JOIN citation c ON c.id = l.citation_id
JOIN article a ON a.id = c.article_id
LEFT JOIN observation o ON o.id = (
    SELECT max(id) FROM observation x WHERE x.platform = c.platform AND x.post_id = c.cited_post_id)
WHERE l.state = 'unresolved' AND c.confidence >= 0.5
ORDER BY c.seen_at DESC, c.id;
