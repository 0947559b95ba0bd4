/* Which cited posts did their platform not show us when we last looked?
   A look that shows nothing is not yet a proof that the post is gone: `seen` is what we saw, `detail` what we were told.
   `have_a_copy` tells whether an earlier look kept it. */
SELECT c.platform, c.cited_post_id, o.at AS looked_at, o.method, o.seen, o.detail,
    EXISTS (SELECT 1 FROM observation x WHERE x.platform = c.platform AND x.post_id = o.post_id AND x.seen = 'available')
        AS have_a_copy,
    count(DISTINCT c.article_id) AS articles, group_concat(DISTINCT a.url) AS article_urls
FROM citation c
JOIN article a ON a.id = c.article_id
LEFT JOIN link l ON l.citation_id = c.id
LEFT JOIN post p ON p.id = l.post
JOIN observation o ON o.id = (
    SELECT max(id) FROM observation x
    WHERE x.platform = c.platform AND x.post_id IN (c.cited_post_id, p.post_id))
WHERE c.confidence >= 0.5 AND o.seen != 'available'
GROUP BY c.platform, c.cited_post_id
ORDER BY articles DESC, o.at DESC;
