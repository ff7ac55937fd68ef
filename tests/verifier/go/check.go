// Checks a ledger's checkpoint, proofs and tiles with golang.org/x/mod/sumdb, which knows nothing
// of liggare: once as they are, and once for each way in which they are tampered with.
//
//	check FIXTURE    the folder that tests/verifier/fixture.sh makes
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// --- formats that x/mod does not read: C2SP's checkpoint text, tlog-proof, tile paths ----------

func openCheckpoint(checkpoint []byte, vkey string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(checkpoint, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() || lines[3] != "" {
		return tlog.Tree{}, errors.New("not a checkpoint of the key's log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := parseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// tlog.ParseHash takes spare bits of base64 that say nothing; here each bit has to count.
func parseHash(text string) (tlog.Hash, error) {
	var hash tlog.Hash
	decoded, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil {
		return hash, err
	}
	if len(decoded) != len(hash) {
		return hash, errors.New("not a hash")
	}
	copy(hash[:], decoded)
	return hash, nil
}

func parseHashes(text string) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for text != "" {
		line, rest, found := strings.Cut(text, "\n")
		if !found {
			return nil, errors.New("no line feed at the end")
		}
		hash, err := parseHash(line)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, hash)
		text = rest
	}
	return hashes, nil
}

// x/mod's "tile/8/L/N" is "tile/L/N" in tlog-tiles, where the height is always 8.
func hashPath(tile tlog.Tile) string {
	return "tile/" + strings.TrimPrefix(tile.Path(), "tile/8/")
}

func entriesPath(tile tlog.Tile) string {
	return "tile/entries/" + strings.TrimPrefix(tile.Path(), "tile/8/0/")
}

// The tiles that a tree of this size is read from. NewTiles also names what each was while it grew.
func tilesOf(size int64) []tlog.Tile {
	var tiles []tlog.Tile
	for _, tile := range tlog.NewTiles(8, 0, size) {
		last := len(tiles) - 1
		if last >= 0 && tiles[last].L == tile.L && tiles[last].N == tile.N {
			tiles = tiles[:last]
		}
		tiles = append(tiles, tile)
	}
	return tiles
}

// --- checks ------------------------------------------------------------------------------------

func checkProof(proof, leaf []byte, vkey string) error {
	head, checkpoint, found := strings.Cut(string(proof), "\n\n")
	if !found {
		return errors.New("no checkpoint in the proof")
	}
	lines := strings.SplitN(head+"\n", "\n", 3)
	if lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return errors.New("no tlog-proof")
	}
	digits := strings.TrimPrefix(lines[1], "index ")
	index, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || strconv.FormatInt(index, 10) != digits {
		return errors.New("no index")
	}
	path, err := parseHashes(lines[2])
	if err != nil {
		return err
	}
	tree, err := openCheckpoint([]byte(checkpoint), vkey)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(leaf))
}

func checkGrowth(older, newer, growth []byte, vkey string) error {
	oldTree, err := openCheckpoint(older, vkey)
	if err != nil {
		return err
	}
	newTree, err := openCheckpoint(newer, vkey)
	if err != nil {
		return err
	}
	path, err := parseHashes(string(growth))
	if err != nil {
		return err
	}
	return tlog.CheckTree(path, newTree.N, newTree.Hash, oldTree.N, oldTree.Hash)
}

// A folder of tiles in memory, by path.
type folder map[string][]byte

func (f folder) Height() int                     { return 8 }
func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}
func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := hashPath(tile)
		data, found := f[path]
		if !found {
			return nil, fmt.Errorf("%s: missing", path)
		}
		all = append(all, data)
	}
	return all, nil
}

func (f folder) entries(size int64) ([][]byte, error) {
	var entries [][]byte
	for _, tile := range tilesOf(size) {
		if tile.L != 0 {
			continue
		}
		path := entriesPath(tile)
		for rest := f[path]; len(rest) > 0; {
			if len(rest) < 2 || len(rest)-2 < int(binary.BigEndian.Uint16(rest)) {
				return nil, fmt.Errorf("%s: an entry is cut", path)
			}
			end := 2 + int(binary.BigEndian.Uint16(rest))
			entries = append(entries, rest[2:end])
			rest = rest[end:]
		}
	}
	if int64(len(entries)) != size {
		return nil, fmt.Errorf("%d entries, and not %d", len(entries), size)
	}
	return entries, nil
}

// That every entry's hash is the one in the tiles, which TileHashReader checks up to the root.
func checkTiles(f folder, vkey string) (tlog.Tree, [][]byte, error) {
	tree, err := openCheckpoint(f["checkpoint"], vkey)
	if err != nil {
		return tree, nil, err
	}
	entries, err := f.entries(tree.N)
	if err != nil {
		return tree, nil, err
	}
	indexes := make([]int64, tree.N)
	for i := range indexes {
		indexes[i] = tlog.StoredHashIndex(0, int64(i))
	}
	hashes, err := tlog.TileHashReader(tree, f).ReadHashes(indexes)
	if err != nil {
		return tree, nil, err
	}
	for i, hash := range hashes {
		if tlog.RecordHash(entries[i]) != hash {
			return tree, nil, fmt.Errorf("entry %d is not what the tiles say", i)
		}
	}
	return tree, entries, nil
}

// A proof made from the tiles alone for each entry, and checked.
func proveAll(f folder, vkey string) (int, error) {
	tree, entries, err := checkTiles(f, vkey)
	if err != nil {
		return 0, err
	}
	reader := tlog.TileHashReader(tree, f)
	for i, entry := range entries {
		path, err := tlog.ProveRecord(tree.N, int64(i), reader)
		if err != nil {
			return i, err
		}
		err = tlog.CheckRecord(path, tree.N, tree.Hash, int64(i), tlog.RecordHash(entry))
		if err != nil {
			return i, err
		}
	}
	return len(entries), nil
}

// --- tampering ---------------------------------------------------------------------------------

var failures int

func accept(name string, err error) {
	if err != nil {
		failures++
		fmt.Printf("REFUSED %s: %v\n", name, err)
		return
	}
	fmt.Printf("accepted %s\n", name)
}

// Flips a bit of every `step`th byte, one at a time, and all bits of each where step is 1.
func flip(name string, data []byte, step int, skip func(int) bool, check func([]byte) error) {
	tampered := 0
	for at := 0; at < len(data); at += step {
		if skip != nil && skip(at) {
			continue
		}
		for bit := 0; bit < 8; bit++ {
			if step > 1 && bit != at%7 {
				continue
			}
			changed := append([]byte(nil), data...)
			changed[at] ^= 1 << bit
			tampered++
			if check(changed) == nil {
				failures++
				fmt.Printf("ACCEPTED %s with bit %d of byte %d flipped\n", name, bit, at)
			}
		}
	}
	if tampered == 0 {
		failures++
	}
	fmt.Printf("refused %d tampered: %s\n", tampered, name)
}

// The last digit of a signature holds bits that say nothing, which note.Open takes in any form.
func spareBits(checkpoint []byte) func(int) bool {
	last := bytes.LastIndexByte(checkpoint, '=') - 1
	return func(at int) bool { return at == last }
}

func (f folder) with(path string, data []byte) folder {
	changed := folder{}
	for name, bytes := range f {
		changed[name] = bytes
	}
	changed[path] = data
	return changed
}

func read(parts ...string) []byte {
	data, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	return data
}

func readFolder(root string) folder {
	f := folder{}
	filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if err == nil && info.Mode().IsRegular() {
			name, _ := filepath.Rel(root, path)
			f[filepath.ToSlash(name)] = read(path)
		}
		return nil
	})
	return f
}

func main() {
	if len(os.Args) != 2 {
		os.Exit(2)
	}
	root := os.Args[1]
	vkey := strings.TrimSpace(string(read(root, "town.vkey")))
	older, newer := read(root, "early.checkpoint"), read(root, "newest.checkpoint")
	growth := read(root, "growth")
	leaf, proof := read(root, "proof", "5.leaf"), read(root, "proof", "5.tlog-proof")
	f := readFolder(filepath.Join(root, "tiles"))

	opens := func(checkpoint []byte) error { _, err := openCheckpoint(checkpoint, vkey); return err }
	accept("the checkpoint (note.Open)", opens(newer))
	flip("the checkpoint", newer, 1, spareBits(newer), opens)

	accept("the proof (tlog.CheckRecord)", checkProof(proof, leaf, vkey))
	flip("the proof", proof, 1, spareBits(proof), func(changed []byte) error {
		return checkProof(changed, leaf, vkey)
	})
	flip("the leaf", leaf, 1, nil, func(changed []byte) error {
		return checkProof(proof, changed, vkey)
	})

	accept("the growth (tlog.CheckTree)", checkGrowth(older, newer, growth, vkey))
	flip("the growth", growth, 1, nil, func(changed []byte) error {
		return checkGrowth(older, newer, changed, vkey)
	})

	count, err := proveAll(f, vkey)
	accept(fmt.Sprintf("%d entries of the tiles (tlog.TileHashReader)", count), err)
	flipTile := func(path string) {
		flip(path, f[path], 1+len(f[path])/16, nil, func(changed []byte) error {
			_, _, err := checkTiles(f.with(path, changed), vkey)
			return err
		})
	}
	for _, tile := range tilesOf(int64(count)) {
		flipTile(hashPath(tile))
		if tile.L == 0 {
			flipTile(entriesPath(tile))
		}
	}
	if count == 0 || failures > 0 {
		fmt.Printf("%d failures\n", failures)
		os.Exit(1)
	}
}
