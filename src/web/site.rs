//! What a template is handed for each page: the report as other templates read it, where its pages lie, and what stands on this one.

use minijinja::context;
use minijinja::value::Value;

use super::address::Addresses;
use super::catalog::{Catalog, DataFile, Licence};
use super::edition::EditionFile;
use super::engine::Engine;
use super::links::Link;
use super::moved::Moved;
use super::neighbours::Neighbours;
use super::parts::{anchor_of, has_page, heading_of, template_of};
use super::template::WebSettings;
use super::template_fault::TemplateFault;
use crate::view::{ListShapeView, PartView, ProgramView, View};

pub(super) const LIST: &str = "list.html";
pub(super) const SEARCH: &str = "search.html";

/// What a program's page shows beside its view.
#[derive(Debug, Clone, Default)]
pub struct ProgramFacts {
    /// よみ, where the office's form asks for it
    pub reading: Option<String>,
    pub data: Vec<DataFile>,
}

/// A page to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitePage {
    /// From the edition's folder
    pub path: String,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Front,
    Chapter(usize),
    /// By its place among all programs
    Program(usize),
    List,
    Part(usize),
    Search,
    Moved(usize),
}

/// What the pages are made from.
pub struct SiteInput<'a> {
    pub view: &'a View<String>,
    /// The index, which a site has in any case
    pub index: PartView,
    /// In the order of the book
    pub programs: &'a [ProgramView],
    pub facts: Vec<ProgramFacts>,
    pub addresses: &'a Addresses,
    pub moved: Vec<Moved>,
    pub neighbours: Neighbours,
    pub edition: &'a EditionFile,
    pub settings: &'a WebSettings,
    /// 利用条件 of the report; absent: what the template says
    pub licence: Option<Licence>,
    /// Data of the whole report
    pub data: Vec<DataFile>,
}

/// The pages of an edition.
pub struct Site<'a> {
    pub(super) input: SiteInput<'a>,
    pub(super) parts: Vec<PartView>,
    pub(super) catalog: Catalog,
    report: Value,
    site: Value,
}

impl<'a> Site<'a> {
    pub fn new(input: SiteInput<'a>) -> Self {
        let view = input.view;
        let mut parts: Vec<PartView> =
            view.front.iter().chain(&view.back).filter(|part| has_page(part)).cloned().collect();
        if !parts.iter().any(|part| matches!(part, PartView::Index(_))) {
            parts.push(input.index.clone());
        }
        let catalog = Catalog {
            title: view.title.clone(),
            publisher: view.publisher.clone(),
            year: view.fiscal_year.clone(),
            issued: view.date.clone(),
            licence: input.licence.clone().or_else(|| input.settings.licence.clone()),
            base: input.settings.base.clone(),
        };
        let mut site = Self { parts, catalog, report: Value::from_serialize(view), site: Value::UNDEFINED, input };
        site.site = site.shared();
        site
    }

    pub(super) fn has_list(&self) -> bool {
        self.input.view.layout.list == ListShapeView::List && self.input.view.chapters.len() > 1
    }

    /// Every page, in the order of the book.
    pub fn pages(&self) -> Vec<SitePage> {
        let mut pages = vec![SitePage { path: "index.html".to_string(), kind: Kind::Front }];
        let page = |anchor: &str, kind: Kind| {
            self.input.addresses.page(anchor).map(|path| SitePage { path: path.to_string(), kind })
        };
        pages.extend(self.has_list().then(|| SitePage { path: LIST.to_string(), kind: Kind::List }));
        pages.extend(self.parts.iter().enumerate().filter_map(|(at, part)| page(anchor_of(part), Kind::Part(at))));
        let chapters = self.input.view.chapters.iter().enumerate();
        pages.extend(chapters.filter_map(|(at, chapter)| page(&chapter.anchor, Kind::Chapter(at))));
        let programs = self.input.programs.iter().enumerate();
        pages.extend(programs.filter_map(|(at, program)| page(&program.anchor, Kind::Program(at))));
        pages.push(SitePage { path: SEARCH.to_string(), kind: Kind::Search });
        let moved = self.input.moved.iter().enumerate();
        pages.extend(moved.map(|(at, own)| SitePage { path: own.path.clone(), kind: Kind::Moved(at) }));
        pages
    }

    /// Makes a page.
    ///
    /// # Errors
    /// Where the template cannot be followed.
    pub fn render(&self, engine: &Engine, page: &SitePage) -> Result<String, TemplateFault> {
        let (file, own) = match &page.kind {
            Kind::Front => ("index.html", self.front()),
            Kind::List => ("list.html", context! {}),
            Kind::Search => ("search.html", context! {}),
            Kind::Part(at) => match self.parts.get(*at) {
                Some(part) => (template_of(part), context! { part => Value::from_serialize(part) }),
                None => ("list.html", context! {}),
            },
            Kind::Chapter(at) => ("chapter.html", self.chapter(*at)),
            Kind::Program(at) => ("program.html", self.program(*at)),
            Kind::Moved(at) => ("moved.html", self.moved(*at)),
        };
        let own_page = context! { ..own, ..self.page(page) };
        engine.render(file, &context! { page => own_page, report => self.report.clone(), site => self.site.clone() })
    }

    pub(super) fn path_of(&self, anchor: &str) -> String {
        self.input.addresses.page(anchor).unwrap_or_default().to_string()
    }

    fn page(&self, page: &SitePage) -> Value {
        let root = "../".repeat(page.path.matches('/').count());
        let (title, kind) = match &page.kind {
            Kind::Front => (String::new(), "front"),
            Kind::Chapter(at) => {
                (self.input.view.chapters.get(*at).map(|own| own.title.clone()).unwrap_or_default(), "chapter")
            }
            Kind::Program(at) => {
                (self.input.programs.get(*at).map(|own| own.name.clone()).unwrap_or_default(), "program")
            }
            Kind::List => ("事業一覧".to_string(), "list"),
            Kind::Part(at) => {
                (self.parts.get(*at).map(|part| heading_of(part).to_string()).unwrap_or_default(), "part")
            }
            Kind::Search => ("検索".to_string(), "search"),
            Kind::Moved(at) => (self.input.moved.get(*at).map(|own| own.name.clone()).unwrap_or_default(), "moved"),
        };
        context! { path => page.path, root => root, title => title, kind => kind, trail => Value::from_serialize(self.trail(&page.kind)) }
    }

    /// The pages above one, the front page first.
    fn trail(&self, kind: &Kind) -> Vec<Link> {
        let front = Link { label: "目次".to_string(), path: "index.html".to_string() };
        let (at, with_own) = match kind {
            Kind::Front => return Vec::new(),
            Kind::Chapter(at) => (Some(*at), false),
            Kind::Program(at) => (self.chapter_of(*at), true),
            Kind::List | Kind::Part(_) | Kind::Search | Kind::Moved(_) => (None, false),
        };
        let chapters = &self.input.view.chapters;
        let mut links = Vec::new();
        let mut level = at.and_then(|at| chapters.get(at)).map_or(0, |own| own.level + usize::from(with_own));
        for chapter in at.map_or(&[][..], |at| chapters.get(..=at).unwrap_or_default()).iter().rev() {
            if chapter.level < level {
                level = chapter.level;
                let gap = if chapter.number.is_empty() { "" } else { " " };
                links.push(Link {
                    label: format!("{}{gap}{}", chapter.number, chapter.title),
                    path: self.path_of(&chapter.anchor),
                });
            }
        }
        links.push(front);
        links.reverse();
        links
    }

    pub(super) fn chapter_of(&self, program: usize) -> Option<usize> {
        let mut before = 0;
        self.input.view.chapters.iter().position(|chapter| {
            before += chapter.programs.len();
            program < before
        })
    }
}
