/* Which videos and pictures do we lack, why, and which articles cite their posts?
   Cited ones first. `gone`, `failed` and `too_large` come with a reason; `queued` will be fetched, or tried again. */
SELECT m.state, m.reason, m.kind, p.platform, acc.handle, p.posted_at, p.url,
    count(DISTINCT c.article_id) AS articles, group_concat(DISTINCT a.url) AS article_urls
FROM media m
JOIN post p ON p.id = m.post
JOIN account acc ON acc.id = p.account_id
LEFT JOIN link l ON l.post = p.id AND l.state = 'confirmed'
LEFT JOIN citation c ON c.id = l.citation_id
LEFT JOIN article a ON a.id = c.article_id
WHERE m.state != 'kept'
GROUP BY m.id
ORDER BY articles DESC, m.updated_at DESC;
