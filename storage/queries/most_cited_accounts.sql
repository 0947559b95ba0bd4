/* Whose posts do articles cite most, and is the account watched? */
SELECT acc.platform, acc.handle, acc.name, acc.platform_id,
    count(DISTINCT p.id) AS posts_cited, count(DISTINCT c.article_id) AS articles, count(DISTINCT a.publisher) AS publishers,
    EXISTS (SELECT 1 FROM watch w WHERE w.account_id = acc.id AND w.kind = 'account' AND w.state != 'paused') AS watched
FROM account acc
JOIN post p ON p.account_id = acc.id
JOIN link l ON l.post = p.id AND l.state = 'confirmed'
JOIN citation c ON c.id = l.citation_id
JOIN article a ON a.id = c.article_id
GROUP BY acc.id
ORDER BY articles DESC, posts_cited DESC;
