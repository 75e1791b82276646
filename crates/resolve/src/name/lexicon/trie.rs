//! A tree of words in one table, so that the words which begin at a place are found in a step per
//! character without touching the heap.

/// Nodes are numbered from 1; node 1 is the root.
const ROOT: u16 = 1;

/// Words by their characters.
pub(super) struct Trie {
    /// Open addressing: node and character packed, and the node they lead to. Zero is empty.
    slots: Vec<(u32, u16)>,
    /// By node: which entry ends here.
    ends: Vec<u16>,
    used: usize,
}

impl Trie {
    /// An empty tree.
    pub(super) fn new() -> Trie {
        Trie {
            slots: vec![(0, 0); 1 << 10],
            ends: vec![0, 0],
            used: 0,
        }
    }

    /// The entry number at the end of a word, made when it is new. Words with characters beyond
    /// the basic plane, and words beyond the room of the table, are left out.
    pub(super) fn insert(&mut self, word: &str) -> Option<&mut u16> {
        let mut node = ROOT;
        for letter in word.chars() {
            let key = key(node, letter)?;
            node = match self.find(key) {
                Some(next) => next,
                None => self.grow(key)?,
            };
        }
        self.ends.get_mut(usize::from(node))
    }

    /// The nodes that the characters of a text lead through, with how many were read.
    pub(super) fn walk<'a>(&'a self, text: &'a [char]) -> impl Iterator<Item = (usize, u16)> + 'a {
        let mut node = ROOT;
        text.iter().enumerate().map_while(move |(at, letter)| {
            node = self.find(key(node, *letter)?)?;
            Some((at + 1, node))
        })
    }

    /// The entry that ends at a node; 0 for none.
    pub(super) fn entry(&self, node: u16) -> u16 {
        self.ends.get(usize::from(node)).copied().unwrap_or(0)
    }

    fn find(&self, key: u32) -> Option<u16> {
        let mask = self.slots.len() - 1;
        let mut at = home(key) & mask;
        loop {
            match self.slots.get(at) {
                Some((found, node)) if *found == key => return Some(*node),
                Some((0, _)) | None => return None,
                Some(_) => at = (at + 1) & mask,
            }
        }
    }

    fn grow(&mut self, key: u32) -> Option<u16> {
        let node = u16::try_from(self.ends.len()).ok()?;
        self.ends.push(0);
        self.used += 1;
        if self.used * 2 > self.slots.len() {
            let bigger = vec![(0, 0); self.slots.len() * 2];
            for (key, node) in std::mem::replace(&mut self.slots, bigger) {
                if key != 0 {
                    self.put(key, node);
                }
            }
        }
        self.put(key, node);
        Some(node)
    }

    fn put(&mut self, key: u32, node: u16) {
        let mask = self.slots.len() - 1;
        let mut at = home(key) & mask;
        while self.slots.get(at).is_some_and(|(taken, _)| *taken != 0) {
            at = (at + 1) & mask;
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = (key, node);
        }
    }
}

fn key(node: u16, letter: char) -> Option<u32> {
    let letter = u16::try_from(u32::from(letter)).ok()?;
    Some(u32::from(node) << 16 | u32::from(letter))
}

fn home(key: u32) -> usize {
    let mixed = u64::from(key).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 40) as usize
}
