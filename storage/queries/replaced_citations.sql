/* Which posts did articles cease to cite, and what stands in their place since?
   `in_its_place` is what the next version cites at the same paragraph; empty where nothing does. A post that came back later is not listed. */
SELECT a.publisher, a.title, c.platform, c.url AS ceased_to_cite, s.paragraph, c.last_version, v.seen_at AS seen_without_it_at,
    (SELECT group_concat(DISTINCT n.url) FROM citation n
        JOIN citation_place t ON t.citation_id = n.id AND t.version = n.first_version
        WHERE n.article_id = a.id AND n.first_version = c.last_version + 1 AND t.paragraph = s.paragraph) AS in_its_place,
    a.url AS article_url
FROM citation c
JOIN article a ON a.id = c.article_id
JOIN article_version v ON v.article_id = a.id AND v.n = c.last_version + 1
LEFT JOIN citation_place s ON s.citation_id = c.id AND s.version = c.last_version AND s.n = 0
WHERE c.confidence >= 0.5 AND c.kind != 'mention'
ORDER BY v.seen_at DESC;
