"""What all pages share: who may open them, language, addresses of assets, headers, error pages, words for dates."""
