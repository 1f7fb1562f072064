//! What machines read of an edition: a `Dataset` in each page (schema.org, JSON-LD), and the catalogue for an open-data portal
//! (DCAT 3, JSON-LD). Addresses are relative to where they stand, or begin with the base that the template names.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::fold::fold;
use crate::view::{DateView, FiscalYearView};

/// Under what texts and data may be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// CC BY 4.0
    pub name: String,
    /// Where its text stands; empty where nobody says it
    #[serde(default)]
    pub url: String,
}

/// Licences that public offices use, as they are compared, and where each stands.
const KNOWN: &[(&str, &str)] = &[
    ("ccby4.0", "https://creativecommons.org/licenses/by/4.0/deed.ja"),
    ("cc01.0", "https://creativecommons.org/publicdomain/zero/1.0/deed.ja"),
    ("公共でーた利用規約(第1.0版)", "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0"),
    ("pdl1.0", "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0"),
];

const OPENING: &str = "(（[［〔<＜〈《「『【";
const CLOSING: &str = ")）]］〕>＞〉》」』】";

/// What may stand in an address; a bracket around it is none of it.
fn is_of_address(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '(' | ')' | '[' | ']' | '<' | '>' | '"')
}

/// What stands between a name and its address.
fn is_edge(c: char) -> bool {
    c.is_whitespace() || matches!(c, '、' | '，' | ',' | '：' | ':' | '。')
}

impl Licence {
    /// 利用条件 as typed: a name that is known, or a name with its address behind it or in front, in brackets or not.
    pub fn read(typed: &str) -> Self {
        let start = ["https://", "http://"].iter().filter_map(|scheme| typed.find(scheme)).min();
        let (before, rest) = typed.split_at(start.unwrap_or(typed.len()));
        let (url, after) = rest.split_at(rest.find(|c: char| !is_of_address(c)).unwrap_or(rest.len()));
        let before =
            if url.is_empty() { before } else { before.trim_end_matches(|c: char| is_edge(c) || OPENING.contains(c)) };
        let after = after.trim_matches(|c: char| is_edge(c) || OPENING.contains(c) || CLOSING.contains(c));
        let name = [before, after, url].into_iter().map(str::trim).find(|name| !name.is_empty()).unwrap_or_default();
        let known = || KNOWN.iter().find(|(known, _)| *known == fold(name)).map_or("", |(_, url)| url);
        let url = if url.is_empty() { known() } else { url };
        Self { name: name.to_string(), url: url.to_string() }
    }

    /// Its address, else its name.
    fn said(&self) -> &str {
        if self.url.is_empty() { &self.name } else { &self.url }
    }
}

/// A file of data, as a page offers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataFile {
    /// What it is, for people: 事業（CSV）
    pub label: String,
    /// From the edition's folder
    pub path: String,
    /// text/csv
    pub media_type: &'static str,
    pub bytes: usize,
}

/// A page with its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) description: String,
    /// The ID of a program; absent for the whole report
    pub(super) identifier: Option<String>,
    /// From the edition's folder
    pub(super) page: String,
    pub(super) data: Vec<DataFile>,
}

/// What every entry says alike.
#[derive(Debug, Clone)]
pub(super) struct Catalog {
    pub(super) title: String,
    pub(super) publisher: String,
    pub(super) year: FiscalYearView,
    pub(super) issued: Option<DateView>,
    pub(super) licence: Option<Licence>,
    /// With `/` at its end; absent: relative
    pub(super) base: Option<String>,
}

impl Catalog {
    /// `root` leads from where it stands to the edition's folder.
    fn address(&self, root: &str, path: &str) -> String {
        format!("{}{path}", self.base.as_deref().unwrap_or(root))
    }

    fn period(&self) -> [String; 2] {
        [format!("{:04}-04-01", self.year.year), format!("{:04}-03-31", self.year.year + 1)]
    }

    fn day(&self) -> Option<String> {
        self.issued.as_ref().map(|day| format!("{:04}-{:02}-{:02}", day.year, day.month, day.day))
    }

    /// The `Dataset` in a page.
    pub(super) fn dataset(&self, entry: &Entry, root: &str) -> Value {
        let [from, to] = self.period();
        let files = entry.data.iter().map(|file| {
            json!({
                "@type": "DataDownload",
                "name": file.label,
                "encodingFormat": file.media_type,
                "contentUrl": self.address(root, &file.path),
            })
        });
        let mut own = json!({
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": entry.name,
            "description": entry.description,
            "inLanguage": "ja",
            "url": self.address(root, &entry.page),
            "temporalCoverage": format!("{from}/{to}"),
            "distribution": files.collect::<Vec<_>>(),
        });
        if let Some(fields) = own.as_object_mut() {
            self.add_common(fields, entry);
            if entry.identifier.is_some() {
                let whole = json!({ "@type": "Dataset", "name": self.title, "url": self.address(root, "index.html") });
                fields.insert("isPartOf".to_string(), whole);
            }
        }
        own
    }

    fn add_common(&self, fields: &mut Map<String, Value>, entry: &Entry) {
        let mut add = |key: &str, value: Option<Value>| {
            fields.extend(value.map(|value| (key.to_string(), value)));
        };
        add("identifier", entry.identifier.as_ref().map(|id| json!(id)));
        let publisher = Some(&self.publisher).filter(|name| !name.is_empty());
        add("publisher", publisher.map(|name| json!({ "@type": "GovernmentOrganization", "name": name })));
        add("datePublished", self.day().map(|day| json!(day)));
        add("license", self.licence.as_ref().map(|licence| json!(licence.said())));
    }

    /// The catalogue, which stands in `data/`: the whole report, then each program.
    pub(super) fn dcat(&self, whole: &Entry, programs: &[Entry]) -> String {
        let datasets = std::iter::once(whole).chain(programs).map(|entry| self.dcat_dataset(entry, whole));
        let mut catalogue = json!({
            "@context": {
                "dcat": "http://www.w3.org/ns/dcat#",
                "dct": "http://purl.org/dc/terms/",
                "foaf": "http://xmlns.com/foaf/0.1/",
                "xsd": "http://www.w3.org/2001/XMLSchema#",
            },
            "@id": self.address("../", "data/catalog.jsonld"),
            "@type": "dcat:Catalog",
            "dct:title": { "@value": self.title, "@language": "ja" },
            "dct:language": "ja",
            "dcat:dataset": datasets.collect::<Vec<_>>(),
        });
        if let Some(fields) = catalogue.as_object_mut() {
            self.add_terms(fields);
        }
        // Strings, numbers and lists: it always serializes.
        serde_json::to_string_pretty(&catalogue).unwrap_or_default() + "\n"
    }

    fn add_terms(&self, fields: &mut Map<String, Value>) {
        if !self.publisher.is_empty() {
            fields.insert("dct:publisher".to_string(), json!({ "@type": "foaf:Agent", "foaf:name": self.publisher }));
        }
        fields.extend(self.day().map(|day| ("dct:issued".to_string(), json!({ "@value": day, "@type": "xsd:date" }))));
        fields.extend(self.licence_term());
    }

    fn licence_term(&self) -> Option<(String, Value)> {
        let said = |licence: &Licence| match licence.url.as_str() {
            "" => json!({ "@type": "dct:LicenseDocument", "dct:title": { "@value": licence.name, "@language": "ja" } }),
            url => json!({ "@id": url }),
        };
        self.licence.as_ref().map(|licence| ("dct:license".to_string(), said(licence)))
    }

    fn dcat_dataset(&self, entry: &Entry, whole: &Entry) -> Value {
        let [from, to] = self.period();
        let date = |day: String| json!({ "@value": day, "@type": "xsd:date" });
        let files = entry.data.iter().map(|file| {
            let mut own = json!({
                "@type": "dcat:Distribution",
                "dct:title": { "@value": file.label, "@language": "ja" },
                "dcat:accessURL": { "@id": self.address("../", &entry.page) },
                "dcat:downloadURL": { "@id": self.address("../", &file.path) },
                "dcat:mediaType": file.media_type,
                "dcat:byteSize": file.bytes,
            });
            if let Some(fields) = own.as_object_mut() {
                fields.extend(self.licence_term());
            }
            own
        });
        let id = |entry: &Entry| format!("{}#dataset", self.address("../", &entry.page));
        let mut own = json!({
            "@id": id(entry),
            "@type": "dcat:Dataset",
            "dct:title": { "@value": entry.name, "@language": "ja" },
            "dct:description": { "@value": entry.description, "@language": "ja" },
            "dcat:landingPage": { "@id": self.address("../", &entry.page) },
            "dct:temporal": { "@type": "dct:PeriodOfTime", "dcat:startDate": date(from), "dcat:endDate": date(to) },
            "dcat:distribution": files.collect::<Vec<_>>(),
        });
        if let Some(fields) = own.as_object_mut() {
            self.add_terms(fields);
            if let Some(identifier) = &entry.identifier {
                fields.insert("dct:identifier".to_string(), json!(identifier));
                fields.insert("dct:isPartOf".to_string(), json!({ "@id": id(whole) }));
            }
        }
        own
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_known_by_its_name_or_says_where_it_stands() {
        let read = |typed| Licence::read(typed);
        assert_eq!(read("ＣＣ ＢＹ 4.0").url, "https://creativecommons.org/licenses/by/4.0/deed.ja");
        assert!(read("公共データ利用規約（第1.0版）").url.starts_with("https://www.digital.go.jp/"));
        let own = read("わが県の規約　https://example.jp/terms");
        assert_eq!((own.name.as_str(), own.url.as_str()), ("わが県の規約", "https://example.jp/terms"));
        assert_eq!(
            (read("出典を書けば自由").name.as_str(), read("出典を書けば自由").url.as_str()),
            ("出典を書けば自由", "")
        );
        assert_eq!(read("https://example.jp/").name, "https://example.jp/");
    }
}
