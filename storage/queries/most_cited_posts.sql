/* Which posts are cited by most articles, and do we hold a copy of their videos and pictures?
   One row a post. `publishers` counts hosts; `files_kept` of `files` are in the vault. */
SELECT count(DISTINCT c.article_id) AS articles,
    count(DISTINCT a.publisher) AS publishers,
    p.platform, acc.handle, p.posted_at, p.url,
    (SELECT count(*) FROM media m WHERE m.post = p.id) AS files,
    (SELECT count(*) FROM media m WHERE m.post = p.id AND m.state = 'kept') AS files_kept,
    w.text
FROM link l
JOIN citation c ON c.id = l.citation_id
JOIN article a ON a.id = c.article_id
JOIN post p ON p.id = l.post
JOIN account acc ON acc.id = p.account_id
JOIN post_version v ON v.platform = p.platform AND v.version_id = p.latest_version_id
LEFT JOIN wording w ON w.sha256 = v.text_sha256
WHERE l.state = 'confirmed'
GROUP BY p.id
ORDER BY articles DESC, publishers DESC, p.id;
