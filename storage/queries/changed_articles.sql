/* Which articles changed after we first read them, and did they gain or lose citations by it? */
SELECT a.publisher, a.title, count(*) AS versions, min(v.seen_at) AS first_read_at, max(v.seen_at) AS last_change_at,
    (SELECT count(*) FROM citation c WHERE c.article_id = a.id AND c.confidence >= 0.5 AND c.first_version > 1) AS citations_added,
    (SELECT count(*) FROM citation c WHERE c.article_id = a.id AND c.confidence >= 0.5 AND c.last_version < max(v.n))
        AS citations_removed,
    a.url
FROM article a
JOIN article_version v ON v.article_id = a.id
GROUP BY a.id
HAVING count(*) > 1
ORDER BY last_change_at DESC;
